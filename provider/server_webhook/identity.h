// The identity of a server's webhook (Terraform 1.12): the server's address, the MLflow workspace that has it, whether
// the configuration names that or the provider does, and its id. Pure; thread-safe.
#pragma once

#include <string>

#include "tfcpp/schema/schema.h"
#include "tfcpp/value/value.h"

namespace mlflow {

tfcpp::Schema ServerWebhookIdentitySchema();

// `workspace` empty: the server's default one, or a server without workspaces.
tfcpp::Value ServerWebhookIdentity(const std::string& address, const std::string& workspace, const std::string& id);

}  // namespace mlflow
