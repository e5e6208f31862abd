// null_provider: this provider's schema, and nothing behind it: no checks of its own, no workspace. What remains is the
// least that any provider on these libraries costs, and what it costs Terraform to have one.
#include <memory>

#include "tfcpp/program/serve.h"
#include "provider/config.h"
#include "provider/provider.h"
#include "provider/registry_webhook/schema.h"
#include "provider/server_webhook/schema.h"
#include "provider/version.h"
#include "tfcpp/value/walk.h"

namespace {

using tfcpp::Context;
using tfcpp::Outcome;
using tfcpp::Value;

// `planned` with something known in place of every unknown. The schema's computed attributes are strings and numbers.
Value Settle(const Value& planned) {
  Value state = planned;
  tfcpp::Walk(planned, [&](const tfcpp::Path& path, const Value& part) {
    if (part.is_known()) return true;
    const bool text = part.type() == tfcpp::Type::String();
    state = tfcpp::Replace(state, path, text ? Value::String("0") : Value::Int(0));
    return false;
  });
  return state;
}

class NullResource final : public tfcpp::Resource {
 public:
  Outcome Create(const Context&, const tfcpp::CreateRequest& request) override {
    return {.state = Settle(request.planned), .private_data = request.private_data, .diagnostics = {}};
  }
  Outcome Read(const Context&, const tfcpp::ReadRequest& request) override {
    return {.state = request.state, .private_data = request.private_data, .diagnostics = {}};
  }
  Outcome Update(const Context&, const tfcpp::UpdateRequest& request) override {
    return {.state = Settle(request.planned), .private_data = request.private_data, .diagnostics = {}};
  }
  Outcome Delete(const Context&, const tfcpp::DeleteRequest&) override { return {}; }
};

tfcpp::ResourceType WithoutChecks(tfcpp::ResourceType type) {
  type.config_validators.clear();
  type.modify_plan = nullptr;
  return type;
}

tfcpp::Provider MakeProvider() {
  return {.type_name = "mlflow",
          .version = "0.0.0",
          .address = mlflow::kProviderAddress,
          .schema = mlflow::ProviderSchema(),
          .resources = {WithoutChecks(mlflow::WebhookType()), WithoutChecks(mlflow::ServerWebhookType())},
          .configure = [](const Context&, const tfcpp::ConfigureRequest&) {
            tfcpp::Service nothing{.name = "nothing"};
            for (const char* name : {mlflow::kWebhookTypeName, mlflow::kServerWebhookTypeName}) {
              nothing.Bind(&tfcpp::Service::resources, name, [] { return std::make_unique<NullResource>(); });
            }
            return nothing;
          }};
}

}  // namespace

int main(int argc, char** argv) { return tfcpp::Serve(MakeProvider(), argc, argv); }
