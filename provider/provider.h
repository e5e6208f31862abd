// This provider as a whole: the list of what it offers, and how configure binds it to a workspace.
#pragma once

#include <functional>

#include "provider/client.h"
#include "tfcpp/base/clock.h"
#include "tfcpp/base/settings.h"
#include "tfcpp/framework/provider.h"

namespace mlflow {

// The outside world. Everything referred to must outlive the provider.
struct Dependencies {
  tfcpp::Clock& clock;
  tfcpp::Environment environment;
  std::function<double()> jitter;  // uniform in [0, 1), from several threads
  TransportFactory make_transport;
};

tfcpp::Provider MakeProvider(Dependencies dependencies);

}  // namespace mlflow
