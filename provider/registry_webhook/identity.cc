#include "provider/registry_webhook/identity.h"

namespace mlflow {

using tfcpp::Mode;
using tfcpp::Type;
using tfcpp::Value;

tfcpp::Schema WebhookIdentitySchema() {
  return {.attributes = {
              {.name = "host",
               .description =
                   "The workspace's address, or its Azure resource id where the provider knows it by that alone. "
                   "When absent, the workspace that the provider is configured for; another one is an error."},
              {.name = "id", .mode = Mode::kRequired, .description = "The webhook's identifier."},
              {.name = "model_name",
               .description = "The registered model that the webhook watches; null when it is registry-wide. With it, "
                              "an import needs no workspace admin rights."},
          }};
}

Value WebhookIdentity(const std::string& workspace, const std::string& id, const std::string& model_name) {
  return Value::Object({{"host", Value::String(workspace)},
                        {"id", Value::String(id)},
                        {"model_name", model_name.empty() ? Value::Null(Type::String()) : Value::String(model_name)}});
}

}  // namespace mlflow
