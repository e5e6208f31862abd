#include "provider/server_webhook/identity.h"

namespace mlflow {

using tfcpp::Mode;
using tfcpp::Type;
using tfcpp::Value;

tfcpp::Schema ServerWebhookIdentitySchema() {
  return {
      .attributes = {
          {.name = "tracking_uri",
           .description = "The server's address. When absent, the server that the provider is configured for; "
                          "another one is an error."},
          {.name = "workspace",
           .description = "The MLflow workspace that has the webhook. When absent, the provider's, and without that "
                          "the server's default one."},
          {.name = "id", .mode = Mode::kRequired, .description = "The webhook's identifier."},
      }};
}

Value ServerWebhookIdentity(const std::string& address, const std::string& workspace, const std::string& id) {
  return Value::Object({{"tracking_uri", Value::String(address)},
                        {"workspace", workspace.empty() ? Value::Null(Type::String()) : Value::String(workspace)},
                        {"id", Value::String(id)}});
}

}  // namespace mlflow
