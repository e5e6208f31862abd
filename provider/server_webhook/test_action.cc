#include "provider/server_webhook/test_action.h"

#include <string>
#include <string_view>

#include "provider/diagnose.h"
#include "provider/server_webhook/place.h"
#include "provider/server_webhook/validators.h"
#include "provider/shared/test_delivery.h"
#include "tfcpp/base/strings.h"
#include "tfcpp/schema/validators.h"

namespace mlflow {
namespace {

using tfcpp::Concat;
using tfcpp::Diagnostics;
using tfcpp::Mode;
using tfcpp::Type;
using tfcpp::Value;

constexpr std::size_t kMaxReason = 500;  // bytes of why there is no answer

constexpr std::string_view kDescription =
    "Has an MLflow server send one test delivery of a webhook to its target, with sample data, and fails the run when "
    "the target answers otherwise than expected. **The target gets a real request**, signed if the webhook has a "
    "secret; whatever it does on such an event, it does. The server delivers a test of a disabled webhook as well, "
    "repeats it up to three times where the target answers 429 or 5xx, and may take two minutes. Needs Terraform "
    "1.14.\n\n"
    "Run it by hand with `terraform apply -invoke=action.mlflow_server_webhook_test.NAME`, or from an `action_trigger` "
    "block in the `lifecycle` of a webhook. When a test fails after a create or an update, the run fails, but the "
    "webhook stays as it was made: Terraform does not take the action for pending, and does not repeat it on the next "
    "apply. Repeat it with `-invoke`.";

tfcpp::Diagnostic NoAnswer(const std::string& id, std::string_view why) {
  return {tfcpp::Severity::kError,
          "The target did not answer",
          Concat("The server could not deliver the test of webhook ", id, ": ", why,
                 "\n\nIs the target up, and can the server reach it? Then repeat the test with "
                 "`terraform apply -invoke`."),
          {}};
}

}  // namespace

tfcpp::ActionType ServerWebhookTestType() {
  return {.name = kServerWebhookTestTypeName,
          .schema = {
              .attributes = {{.name = "webhook_id",
                              .type = Type::String(),
                              .mode = Mode::kRequired,
                              .validators = {tfcpp::SizeAtLeast(1)},
                              .description = "The webhook to test, such as `mlflow_server_webhook.example.id`."},
                             {.name = "workspace",
                              .type = Type::String(),
                              .validators = {MlflowWorkspace()},
                              .description = "The MLflow workspace that has the webhook. When absent, the provider's "
                                             "`tracking_workspace`, and without that the server's default one."},
                             {.name = "event",
                              .type = Type::String(),
                              .validators = {ServerEventName()},
                              .description = "The event that the delivery tells of, such as `model_version.created`; "
                                             "the webhook need not be subscribed to it. When absent, the server "
                                             "chooses one of the webhook's events."},
                             ExpectStatus()},
              .description = std::string(kDescription)}};
}

Diagnostics ServerWebhookTestAction::Invoke(const tfcpp::Context& context, const Value& config,
                                            const tfcpp::ReportProgress& report) {
  const ServerWebhookKey key{.id = config.Get("webhook_id").AsString(), .workspace = WorkspaceOf(config, provider_)};
  const std::string event = config.Get("event").is_null() ? "" : config.Get("event").AsString();
  Diagnostics diagnostics;

  const auto webhook = service_->Find(context, key);
  if (!webhook.has_value()) {
    diagnostics.Add(ToDiagnostic(webhook.error(), "Cannot test the webhook"));
    return diagnostics;
  }
  if (!webhook->has_value()) {
    const std::string where = InWords({.address = provider_.address, .workspace = key.workspace});
    diagnostics.AddError("Webhook does not exist", Concat(where, " has no webhook with the id \"", key.id, "\"."),
                         tfcpp::Path("webhook_id"));
    return diagnostics;
  }
  report(Concat("Sending a real test delivery of webhook ", key.id, event.empty() ? "" : ": ", event));
  const auto tested = service_->Test(context, key.workspace, **webhook, event);
  if (!tested.has_value()) {
    diagnostics.Add(ToDiagnostic(tested.error(), "Cannot test the webhook"));
  } else if (!tested->status.has_value()) {
    diagnostics.Add(NoAnswer(key.id, tfcpp::Truncate(tested->error_message, kMaxReason)));
  } else {
    return JudgeDelivery({.id = key.id, .status = *tested->status, .body = tested->body}, config.Get("expect_status"),
                         report);
  }
  return diagnostics;
}

}  // namespace mlflow
