// The action mlflow_webhook_test: has the service send one test delivery, and judges the target's answer. Thread
// safety: as RegistryWebhooks.
#pragma once

#include <memory>
#include <utility>

#include "databricks/registry_webhooks.h"
#include "tfcpp/framework/action.h"

namespace mlflow {

inline constexpr char kWebhookTestTypeName[] = "mlflow_webhook_test";

tfcpp::ActionType WebhookTestType();

class WebhookTestAction final : public tfcpp::Action {
 public:
  explicit WebhookTestAction(std::shared_ptr<tfcpp::databricks::RegistryWebhooks> api) : api_(std::move(api)) {}
  tfcpp::Diagnostics Invoke(const tfcpp::Context& context, const tfcpp::Value& config,
                            const tfcpp::ReportProgress& report) override;

 private:
  std::shared_ptr<tfcpp::databricks::RegistryWebhooks> api_;
};

}  // namespace mlflow
