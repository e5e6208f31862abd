#include "provider/registry_webhook/test_action.h"

#include <string>

#include "provider/diagnose.h"
#include "provider/registry_webhook/validators.h"
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

}  // namespace

tfcpp::ActionType WebhookTestType() {
  return {
      .name = kWebhookTestTypeName,
      .schema = {
          .attributes =
              {
                  {.name = "webhook_id",
                   .type = Type::String(),
                   .mode = Mode::kRequired,
                   .validators = {tfcpp::SizeAtLeast(1)},
                   .description = "The webhook to test, such as `mlflow_webhook.example.id`."},
                  {.name = "event",
                   .type = Type::String(),
                   .validators = {EventName()},
                   .description = "The event that the delivery tells of, such as `MODEL_VERSION_CREATED`. When "
                                  "absent, the service chooses one of the webhook's events."},
                  ExpectStatus(),
              },
          .description =
              "Has the service send one test delivery of a webhook to its real target, with sample data, and fails "
              "the run when the target answers otherwise than expected. Needs Terraform 1.14.\n\n"
              "Run it by hand with `terraform apply -invoke=action.mlflow_webhook_test.NAME`, or from an "
              "`action_trigger` block in the `lifecycle` of a webhook. When a test fails after a create or an update, "
              "the run fails, but the webhook stays as it was made: Terraform does not take the action for pending, "
              "and does not repeat it on the next apply. Repeat it with `-invoke`."}};
}

Diagnostics WebhookTestAction::Invoke(const tfcpp::Context& context, const Value& config,
                                      const tfcpp::ReportProgress& report) {
  const std::string& id = config.Get("webhook_id").AsString();
  const std::string event = config.Get("event").is_null() ? "" : config.Get("event").AsString();

  report(Concat("Sending a test delivery of webhook ", id, event.empty() ? "" : ": ", event));
  const auto tested = api_->Test(context, id, event);
  if (!tested.has_value()) {
    Diagnostics diagnostics;
    diagnostics.Add(ToDiagnostic(tested.error(), "Cannot test the webhook"));
    return diagnostics;
  }
  return JudgeDelivery({.id = id, .status = tested->status, .body = tested->body}, config.Get("expect_status"), report);
}

}  // namespace mlflow
