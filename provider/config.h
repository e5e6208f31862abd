// The provider block: its schema, and from its values to databricks::Config. Thread safety: functions without state.
#pragma once

#include <optional>

#include "databricks/config.h"
#include "tfcpp/framework/service.h"
#include "tfcpp/schema/schema.h"
#include "tfcpp/value/value.h"

namespace mlflow {

tfcpp::Schema ProviderSchema();

// What the block says. Nullopt: an attribute that decides where to go or how to sign in is not known yet.
std::optional<tfcpp::ConfigInput> ReadProviderBlock(const tfcpp::Value& config);

// The workspace that block, environment and profile file name, when it can be called as far as that can be told without
// a call. Into `service` go the facts and warnings, and where it cannot be called, why: something is not known yet,
// wrong, or missing (with every way to sign in, why it does not apply, and what to set).
std::optional<tfcpp::databricks::Config> ConfigureWorkspace(const tfcpp::Value& block,
                                                            const tfcpp::Environment& environment,
                                                            tfcpp::Service& service);

}  // namespace mlflow
