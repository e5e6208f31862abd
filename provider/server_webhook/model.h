// What requests send for plans and states. Pure; thread-safe.
#pragma once

#include "tfcpp/json/json.h"
#include "tfcpp/value/value.h"

namespace mlflow {

// Of a wholly known plan (computed values aside), write-only secrets filled in (decision.h).
tfcpp::Json::Members ToServerCreate(const tfcpp::Value& planned);

// Of both states with write-only secrets filled in: the changed members, and status beside them, because servers before
// MLflow 3.16 switch a webhook on that is updated without it. Empty: there is nothing to send.
tfcpp::Json::Members ToServerUpdate(const tfcpp::Value& prior, const tfcpp::Value& planned);

}  // namespace mlflow
