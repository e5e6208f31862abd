// The webhook that the measurements inside one process use, as Terraform has it in its three forms.
#pragma once

#include <string_view>

#include "provider/registry_webhook/schema.h"
#include "tfcpp/value/parse.h"
#include "tfcpp/value/value.h"

namespace bench {

inline constexpr std::string_view kConfig =
    R"({events: ["MODEL_VERSION_CREATED", "REGISTERED_MODEL_CREATED"], description: "Notify when models are registered",
        http_url_spec: {url: "https://example.com/webhook", authorization_header: "Bearer token"}})";
inline constexpr std::string_view kPlan =
    R"({id: ?, events: ["MODEL_VERSION_CREATED", "REGISTERED_MODEL_CREATED"],
        description: "Notify when models are registered", status: "ACTIVE",
        http_url_spec: {url: "https://example.com/webhook", authorization_header: "Bearer token",
                        enable_ssl_verification: true}})";
inline constexpr std::string_view kState =
    R"({id: "0123456789abcdef0123456789abcdef", events: ["MODEL_VERSION_CREATED", "REGISTERED_MODEL_CREATED"],
        description: "Notify when models are registered", status: "ACTIVE",
        http_url_spec: {url: "https://example.com/webhook", authorization_header: "Bearer token",
                        enable_ssl_verification: true}})";

inline const tfcpp::ResourceType& Resource() {
  static const tfcpp::ResourceType kResource = mlflow::WebhookType();
  return kResource;
}
inline const tfcpp::Type& WebhookType() {
  static const tfcpp::Type kType = Resource().schema.ImpliedType();
  return kType;
}
inline tfcpp::Value Webhook(std::string_view text) { return tfcpp::ParseValue(text, WebhookType()).value(); }

}  // namespace bench
