// A WebhookService over the local workspace, without sockets.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "databricks/errors.h"
#include "databricks/registry_webhooks.h"
#include "provider/registry_webhook/model.h"
#include "provider/registry_webhook/service.h"
#include "rest/json_client.h"
#include "support/workspace_transport.h"
#include "tfcpp/base/strings.h"
#include "tfcpp/testing/fake_clock.h"
#include "unit/provider/registry_webhook/cases.h"

namespace mlflow {

class ServiceTest : public ::testing::Test {
 protected:
  using Intercepted = std::optional<tfcpp::Result<tfcpp::rest::HttpResponse>>;  // nullopt: the workspace answers
  static constexpr char kHost[] = "https://ws.example";
  static constexpr std::chrono::seconds kPatience{300};

  // A plan.
  static tfcpp::Value Asked(const std::string& model_name = "") {
    const tfcpp::Value plan = Config(R"({id: ?, events: ["COMMENT_CREATED", "MODEL_VERSION_CREATED"],
        registry_webhook: true, description: "d", status: "ACTIVE",
        http_url_spec: {url: "https://x", enable_ssl_verification: true, secret: "s"}, created_at: ?, updated_at: ?})");
    if (model_name.empty()) return plan;
    return plan.With("model_name", tfcpp::Value::String(model_name))
        .With("registry_webhook", tfcpp::Value::Bool(false));
  }
  tfcpp::Result<RegistryWebhook> Create(WebhookService& service, const tfcpp::Value& plan) {
    return service.Create(context_, {.sent = plan}, ToCreate(plan, tfcpp::Secret()));
  }
  tfcpp::Result<RegistryWebhook> Create(const tfcpp::Value& plan) { return Create(service_, plan); }
  static bool IsCreate(const tfcpp::rest::HttpRequest& request) { return request.method == tfcpp::rest::Method::kPost; }
  static tfcpp::Error Lost() {
    return {.code = tfcpp::ErrorCode::kUnavailable, .message = "lost", .reason = "lost", .may_have_acted = true};
  }
  // As somebody else might have made it.
  workspace::Webhook Put(const std::string& id, const std::string& model_name = "",
                         std::chrono::milliseconds age = std::chrono::milliseconds(0)) {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    workspace::Webhook webhook{.id = id,
                               .events = {"MODEL_VERSION_CREATED", "COMMENT_CREATED"},
                               .model_name = model_name,
                               .description = "d",
                               .http_url_spec = workspace::HttpUrlSpec{"https://x", true, "", "other"}};
    webhook.creation_timestamp = std::chrono::duration_cast<std::chrono::milliseconds>(now - age).count();
    space_.Put(webhook);
    return webhook;
  }
  // An answer of the service, as of now.
  static tfcpp::rest::HttpResponse Said(std::string body, int status = 200) {
    return {.status = status,
            .headers = {{"Date", workspace::HttpDate(std::chrono::system_clock::now())}},
            .body = std::move(body)};
  }
  std::size_t Count(const std::string& call) const {
    return static_cast<std::size_t>(std::count(transport_.sent.begin(), transport_.sent.end(), call));
  }
  bool Finds(const std::string& id, const std::string& model_name = "") {
    const auto found = service_.Find(context_, {.id = id, .model_name = model_name});
    EXPECT_TRUE(found.has_value()) << found.error().message;
    return found.has_value() && found->webhook.has_value() && found->webhook->id == id;
  }

  tfcpp::test::FakeClock clock_;
  tfcpp::NullLogger log_;
  std::stop_source stop_;
  tfcpp::Context context_{.stop = stop_.get_token(), .log = log_};
  workspace::Workspace space_{workspace::Settings{}};
  tfcpp::test::WorkspaceTransport transport_{space_};
  tfcpp::rest::KnownSecrets secrets_;
  tfcpp::rest::JsonClient json_{transport_,
                                {.url = kHost, .name = kHost, .error_member = "error_code"},
                                secrets_,
                                [this](const auto& call, const auto& response) {
                                  return tfcpp::databricks::ToError(kHost, call, response, secrets_);
                                }};
  tfcpp::databricks::RegistryWebhooks api_{json_,
                                           tfcpp::fields::ReadMembers(tfcpp::fields::FieldsOf<RegistryWebhook>())};
  WebhookService service_{api_, clock_, kPatience};
};

}  // namespace mlflow
