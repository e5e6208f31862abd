// Reads what the service says of one webhook, strictly: into a webhook, or into what is wrong with it.
//
// The documented form, with no more leniency than this (ADR 10):
// - of an optional member null counts as absent, and stands for the documented default: description "", status ACTIVE,
//   enable_ssl_verification true; an absent or empty model_name is the whole registry;
// - a time is a whole number of ms, or a string of its digits (protobuf's JSON form of int64); 0 counts as absent, as
// in
//   protobuf. Before 2010 (there was no such service; seconds look like that) or after the year 9999 it is unreadable;
// - exactly one of http_url_spec and job_spec is there, with its url or job_id; events names at least one;
// - unknown members and unknown enum values are left alone: the service may grow.
// Pure; thread-safe.
#pragma once

#include <variant>

#include "databricks/registry_webhooks.h"
#include "json/json.h"

namespace tfcpp::databricks {

std::variant<RegistryWebhook, RegistryWebhookMisfit> ReadWebhook(const Json& json);

}  // namespace tfcpp::databricks
