// The resource type mlflow_webhook: its schema, validators, plan logic and state upgrades, all known before the
// provider is configured. What it does is in resource.h. Pure; thread-safe.
#pragma once

#include <memory>

#include "crypto/scrypt.h"
#include "tfcpp/framework/resource.h"

namespace mlflow {

inline constexpr char kWebhookTypeName[] = "mlflow_webhook";

const tfcpp::Schema& WebhookSchema();

// `scrypt` makes the digests of write-only secrets; shared, because it bounds how many are made at a time.
tfcpp::ResourceType WebhookType(
    const std::shared_ptr<tfcpp::crypto::Scrypt>& scrypt = std::make_shared<tfcpp::crypto::Scrypt>());

}  // namespace mlflow
