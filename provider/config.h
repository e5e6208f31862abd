// The provider block: its schema, and from its values to databricks::Config.
//
// Pure; thread-safe.
#pragma once

#include <optional>

#include "base/result.h"
#include "databricks/config.h"
#include "schema/schema.h"
#include "value/diagnostics.h"

namespace mlflow {

tfcpp::Schema ProviderSchema();

// What the block says. Nullopt: an attribute that decides where to go or how to sign in is not known yet.
std::optional<tfcpp::databricks::ConfigInput> ReadProviderBlock(const tfcpp::Value& config);

// What is missing before a workspace can be called, telling every way to sign in, why it does not apply, and what to
// set. Empty: nothing, as far as that can be told without a call.
tfcpp::Diagnostics FindMissing(const tfcpp::databricks::Config& config,
                               const tfcpp::databricks::Environment& environment);

}  // namespace mlflow
