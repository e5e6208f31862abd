#include "provider/shared/test_delivery.h"

#include "tfcpp/base/strings.h"
#include "tfcpp/schema/validators.h"

namespace mlflow {
namespace {

using tfcpp::Concat;
using tfcpp::Value;

bool IsExpected(std::int64_t status, const Value& expected) {
  return expected.is_null() ? status >= 200 && status <= 299 : expected.AsNumber().AsInt64() == status;
}

}  // namespace

tfcpp::Attribute ExpectStatus() {
  return {.name = "expect_status",
          .type = tfcpp::Type::Number(),
          .validators = {tfcpp::IntBetween(100, 599)},
          .description =
              "The HTTP status that the target must answer with. When absent, any from 200 to 299. Any other "
              "fails the run."};
}

tfcpp::Diagnostics JudgeDelivery(const Delivery& delivery, const Value& expected, const tfcpp::ReportProgress& report) {
  tfcpp::Diagnostics diagnostics;
  const std::string status = std::to_string(delivery.status);
  const std::string& body = delivery.body;
  report(Concat("The target answered ", status, body.empty() ? "" : ": ", body));
  if (IsExpected(delivery.status, expected)) return diagnostics;
  diagnostics.AddError(
      "The target did not answer as expected",
      Concat("The service delivered the test of webhook ", delivery.id, ", and the target answered ", status,
             " instead of ", expected.is_null() ? "200 to 299" : expected.AsNumber().ToString(),
             ". Its answer: ", body.empty() ? "(empty)" : body,
             "\n\nLook at the target's own log: does it accept the credentials and the signature, and does "
             "it know the event? Then repeat the test with `terraform apply -invoke`."));
  return diagnostics;
}

}  // namespace mlflow
