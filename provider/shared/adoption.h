// Webhooks that exist already, taken into the state by an import or from another provider. Pure; thread-safe.
#pragma once

#include "tfcpp/framework/resource.h"
#include "tfcpp/value/type.h"
#include "tfcpp/value/value.h"

namespace mlflow {

// A state of `type` that says which webhook is meant, and that what secrets it has is not known. Everything else is
// null: the read that follows finds it.
tfcpp::Outcome Adopted(const tfcpp::Type& type, tfcpp::Value::Members meant);

}  // namespace mlflow
