// What a configured provider tells the planning of a server's webhooks, which is pure and sees nothing else of it. It
// travels as the framework's Facts, by name. Pure; thread-safe.
#pragma once

#include <string>

#include "framework/resource.h"

namespace mlflow {

struct ServerFacts {
  std::string address = {};    // of the server, normalised; empty: not known yet, or not configured
  std::string workspace = {};  // tracking_workspace; empty: none
};

tfcpp::Facts ToFacts(const ServerFacts& facts);
ServerFacts ReadServerFacts(const tfcpp::Facts& facts);

}  // namespace mlflow
