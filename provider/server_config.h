// The part of the provider block that is about an MLflow server, and from its values to mlflow_server::Config. Thread
// safety: functions without state.
#pragma once

#include <optional>
#include <vector>

#include "mlflow_server/config.h"
#include "tfcpp/base/settings.h"
#include "tfcpp/framework/service.h"
#include "tfcpp/schema/schema.h"
#include "tfcpp/value/value.h"

namespace mlflow {

// Those that are the server's alone. What is wrong with one is a warning on it: whoever uses no resource of the server
// is not to be kept from anything, and whoever does gets the error from ConfigureServer.
std::vector<tfcpp::Attribute> ServerAttributes();

// The server that block, environment and credentials file name. Into `service` go the warnings and, where the server
// cannot be called, why: something is not known yet, wrong, or missing. Nothing of it is told before a type of the
// server is used.
std::optional<tfcpp::mlflow_server::Config> ConfigureServer(const tfcpp::Value& block,
                                                            const tfcpp::Environment& environment,
                                                            tfcpp::Service& service);

}  // namespace mlflow
