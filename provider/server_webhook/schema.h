// The resource type mlflow_server_webhook: its schema, validators and plan logic, all known before the provider is
// configured. What it does is in resource.h. Pure; thread-safe.
#pragma once

#include <memory>

#include "crypto/scrypt.h"
#include "tfcpp/framework/resource.h"

namespace mlflow {

inline constexpr char kServerWebhookTypeName[] = "mlflow_server_webhook";

const tfcpp::Schema& ServerWebhookSchema();

// `scrypt` makes the digests of write-only secrets; shared, because it bounds how many are made at a time.
tfcpp::ResourceType ServerWebhookType(
    const std::shared_ptr<tfcpp::crypto::Scrypt>& scrypt = std::make_shared<tfcpp::crypto::Scrypt>());

}  // namespace mlflow
