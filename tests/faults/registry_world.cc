#include "world.h"

namespace faults {
namespace {

class RegistryWorld final : public World {
 public:
  std::optional<std::string> Variable(std::string_view name) const override {
    if (name == "DATABRICKS_HOST") return url();
    if (name == "DATABRICKS_TOKEN") return "canary-dapi";
    return std::nullopt;
  }
  const char* type_name() const override { return "mlflow_webhook"; }
  std::chrono::milliseconds patience() const override { return std::chrono::milliseconds(50); }

  std::vector<There> webhooks() override {
    std::vector<There> webhooks;
    for (const workspace::Webhook& webhook : space_.webhooks()) {
      webhooks.push_back({webhook.id, webhook.description, SecretOf(webhook)});
    }
    return webhooks;
  }
  void Age() override {
    auto webhooks = space_.webhooks();
    for (workspace::Webhook& webhook : webhooks) webhook.creation_timestamp -= 3'600'000;
    space_.set_webhooks(std::move(webhooks));
  }
  void Keep() override { kept_ = space_.webhooks(); }
  void Restore() override {
    space_.set_settings({.page_size = 2});
    space_.set_webhooks(kept_);
  }

 private:
  static std::string SecretOf(const workspace::Webhook& webhook) {
    return webhook.http_url_spec.has_value() ? webhook.http_url_spec->authorization + webhook.http_url_spec->secret
                                             : webhook.job_spec->access_token;
  }

  std::vector<workspace::Webhook> kept_;
};

}  // namespace

std::unique_ptr<World> MakeRegistryWorld() { return std::make_unique<RegistryWorld>(); }

}  // namespace faults
