// Where webhooks of a server are. Of a configured provider it is what the planning, which is pure, sees of it, and it
// travels as the framework's Facts; of a webhook it is where that was last seen, and is remembered as its Place
// (private_data.h). Both are texts by name. Pure; thread-safe.
#pragma once

#include <string>

#include "tfcpp/framework/resource.h"

namespace mlflow {

struct ServerFacts {
  std::string address = {};    // of the server, normalised; empty: not known yet, or not configured
  std::string workspace = {};  // of MLflow: the provider's tracking_workspace, or the webhook's; empty: none
};

// What is empty has no name there.
tfcpp::Facts ToFacts(const ServerFacts& facts);
ServerFacts ReadServerFacts(const tfcpp::Facts& facts);

}  // namespace mlflow
