// What requests send for plans and states.
//
// Pure; thread-safe.
#pragma once

#include "tfcpp/base/secret.h"
#include "tfcpp/json/json.h"
#include "tfcpp/value/value.h"

namespace mlflow {

// Of a wholly known plan (computed values aside), write-only secrets filled in (decision.h). `lent_token` stands in for
// a job's access token that is not configured; empty: none to lend.
tfcpp::Json::Members ToCreate(const tfcpp::Value& planned, const tfcpp::Secret& lent_token);

// Of both states with write-only secrets filled in (decision.h). The changed members of the top level only, but a
// changed spec whole, with its secrets: the vendor's own client says that a given spec replaces the old one, so naming
// only the changed member would drop the secrets; a service that merges must be told "" for a secret that was set and
// no longer is. A secret that never was is left out. Empty: nothing changes.
tfcpp::Json::Members ToUpdate(const tfcpp::Value& prior, const tfcpp::Value& planned, const tfcpp::Secret& lent_token);

}  // namespace mlflow
