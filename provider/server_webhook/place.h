// In which MLflow workspace a server's webhook is. Pure; thread-safe.
#pragma once

#include <string>

#include "provider/server_webhook/facts.h"
#include "tfcpp/framework/resource.h"
#include "tfcpp/value/value.h"

namespace mlflow {

// The workspace that calls of a webhook name, by its configuration, plan or state: its own, and where that is null the
// provider's. Empty: none.
std::string WorkspaceOf(const tfcpp::Value& webhook, const ServerFacts& provider);

// As the beginning of a sentence: "The workspace team-a of the server https://mlflow.example.com".
std::string InWords(const ServerFacts& where);

// Adds the path of a replacement where the plan takes a webhook into another workspace. The one that it is in: its own;
// where that is null, the one in which it was last seen; where it was not seen yet, the provider's. So another
// tracking_workspace by itself replaces nothing.
void RequireReplaceOnMove(const tfcpp::PlanRequest& request, tfcpp::Plan& plan);

}  // namespace mlflow
