// The identity of a webhook (Terraform 1.12): workspace, id, and the model that it watches, which lets a person who may
// manage only that model import a query result. Pure; thread-safe.
#pragma once

#include <string>

#include "tfcpp/schema/schema.h"
#include "tfcpp/value/value.h"

namespace mlflow {

tfcpp::Schema WebhookIdentitySchema();

// `workspace` is its name (databricks/workspace.h), which an identity has as its `host`; `model_name` empty:
// registry-wide.
tfcpp::Value WebhookIdentity(const std::string& workspace, const std::string& id, const std::string& model_name);

}  // namespace mlflow
