// The resource type mlflow_webhook: its schema, validators, plan logic and state upgrades, all known before the
// provider is configured. What it does is in resource.h.
#pragma once

#include "framework/resource.h"

namespace mlflow {

inline constexpr char kWebhookTypeName[] = "mlflow_webhook";

tfcpp::ResourceType WebhookType();

}  // namespace mlflow
