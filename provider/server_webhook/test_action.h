// The action mlflow_server_webhook_test: has an MLflow server send one test delivery, and judges the target's answer.
// Thread safety: as ServerWebhookService.
#pragma once

#include <memory>
#include <utility>

#include "provider/server_webhook/facts.h"
#include "provider/server_webhook/service.h"
#include "tfcpp/framework/action.h"

namespace mlflow {

inline constexpr char kServerWebhookTestTypeName[] = "mlflow_server_webhook_test";

tfcpp::ActionType ServerWebhookTestType();

class ServerWebhookTestAction final : public tfcpp::Action {
 public:
  // `provider`: the server that the provider is configured for, and its tracking_workspace.
  ServerWebhookTestAction(std::shared_ptr<ServerWebhookService> service, ServerFacts provider)
      : service_(std::move(service)), provider_(std::move(provider)) {}
  tfcpp::Diagnostics Invoke(const tfcpp::Context& context, const tfcpp::Value& config,
                            const tfcpp::ReportProgress& report) override;

 private:
  std::shared_ptr<ServerWebhookService> service_;
  ServerFacts provider_;
};

}  // namespace mlflow
