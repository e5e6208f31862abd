// Between Terraform's values and the API's structs: what a state, a create and an update look like on either side.
//
// Pure; thread-safe.
#pragma once

#include <string>

#include "databricks/registry_webhooks.h"
#include "value/value.h"

namespace mlflow {

// The state of a webhook as the service returned it. Secrets are null: the service never returns them, and the
// framework keeps what stands in plan or prior state. Versions of secrets are null likewise. So is a time that the
// service does not say.
tfcpp::Value ToState(const tfcpp::databricks::RegistryWebhook& webhook);

// What a create sends for a wholly known plan (computed values aside), write-only secrets filled in (decision.h).
// `lent_token` stands in for a job's access token that is not configured; empty: none to lend.
tfcpp::databricks::RegistryWebhookInput ToCreateInput(const tfcpp::Value& planned, const tfcpp::Secret& lent_token);

// What an update sends, both states with write-only secrets filled in (decision.h): the changed top-level members only,
// but a changed spec whole, with its secrets. The vendor's own client says that a given spec replaces the old one, so
// naming only the changed member would drop the secrets; a service that merges must be told "" for a secret that was
// set and no longer is. A secret that never was is left out.
tfcpp::databricks::RegistryWebhookInput ToUpdateInput(const tfcpp::Value& prior, const tfcpp::Value& planned,
                                                      const tfcpp::Secret& lent_token);

// True when `input` names nothing to change.
bool IsEmpty(const tfcpp::databricks::RegistryWebhookInput& input);

// RFC 3339, UTC, milliseconds: 2026-01-31T23:59:59.000Z.
std::string FormatTimestamp(std::int64_t milliseconds_since_epoch);

}  // namespace mlflow
