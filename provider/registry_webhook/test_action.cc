#include "provider/registry_webhook/test_action.h"

#include <string>

#include "base/strings.h"
#include "provider/diagnose.h"
#include "provider/registry_webhook/validators.h"
#include "schema/validators.h"

namespace mlflow {
namespace {

using tfcpp::Concat;
using tfcpp::Diagnostics;
using tfcpp::Mode;
using tfcpp::Type;
using tfcpp::Value;

bool IsExpected(std::int64_t status, const Value& expected) {
  return expected.is_null() ? status >= 200 && status <= 299 : expected.AsNumber().AsInt64() == status;
}

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
                  {.name = "expect_status",
                   .type = Type::Number(),
                   .validators = {tfcpp::IntBetween(100, 599)},
                   .description = "The HTTP status that the target must answer with. When absent, any from 200 to "
                                  "299. Any other fails the run."},
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
  const Value& expected = config.Get("expect_status");

  Diagnostics diagnostics;
  report(Concat("Sending a test delivery of webhook ", id, event.empty() ? "" : ": ", event));
  const auto tested = api_->Test(context, id, event);
  if (!tested.has_value()) {
    diagnostics.Add(ToDiagnostic(tested.error(), "Cannot test the webhook"));
    return diagnostics;
  }
  const std::string status = std::to_string(tested->status);
  const std::string& body = tested->body;
  report(Concat("The target answered ", status, body.empty() ? "" : ": ", body));
  if (!IsExpected(tested->status, expected)) {
    diagnostics.AddError(
        "The target did not answer as expected",
        Concat("The service delivered the test of webhook ", id, ", and the target answered ", status, " instead of ",
               expected.is_null() ? "200 to 299" : expected.AsNumber().ToString(),
               ". Its answer: ", body.empty() ? "(empty)" : body,
               "\n\nLook at the target's own log: does it accept the authorization header and the signature, and does "
               "it know the event? Then repeat the test with `terraform apply -invoke`."));
  }
  return diagnostics;
}

}  // namespace mlflow
