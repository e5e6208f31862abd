// What data sources tell of a webhook: the resource's attributes, without its secrets. Pure; thread-safe.
#pragma once

#include <vector>

#include "databricks/registry_webhooks.h"
#include "schema/schema.h"
#include "value/value.h"

namespace mlflow {

// All computed.
std::vector<tfcpp::Attribute> WebhookDataAttributes();

// The value of those attributes as one object.
tfcpp::Value ToData(const tfcpp::databricks::RegistryWebhook& webhook);

}  // namespace mlflow
