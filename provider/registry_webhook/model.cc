#include "provider/registry_webhook/model.h"

#include "provider/registry_webhook/webhook.h"

namespace mlflow {
namespace {

using tfcpp::Json;
using tfcpp::Secret;
using tfcpp::Value;

RegistryWebhook WithLoan(const Value& value, const Secret& lent_token) {
  auto webhook = tfcpp::fields::FromValue<RegistryWebhook>(value);
  if (!lent_token.empty() && webhook.job_spec.has_value() && !webhook.job_spec->access_token.has_value()) {
    webhook.job_spec->access_token = lent_token;
  }
  return webhook;
}

}  // namespace

Json::Members ToCreate(const Value& planned, const Secret& lent_token) {
  return tfcpp::fields::ToCreate(WithLoan(planned, lent_token));
}

Json::Members ToUpdate(const Value& prior, const Value& planned, const Secret& lent_token) {
  // What changes is told by the values, and the loan stands in neither: by itself it is no change.
  return tfcpp::fields::ToUpdate(tfcpp::fields::FromValue<RegistryWebhook>(prior), WithLoan(planned, lent_token),
                                 {prior, planned});
}

}  // namespace mlflow
