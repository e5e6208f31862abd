// The list mlflow_server_webhook: the webhooks of an MLflow server that fit filters, for `terraform query`. Thread
// safety: as ServerWebhookService.
#pragma once

#include <memory>
#include <utility>

#include "provider/server_webhook/facts.h"
#include "provider/server_webhook/service.h"
#include "tfcpp/framework/list.h"

namespace mlflow {

tfcpp::ListType ServerWebhookListType();

class ServerWebhookList final : public tfcpp::ResourceList {
 public:
  // `provider`: the server that the provider is configured for, and its tracking_workspace.
  ServerWebhookList(std::shared_ptr<ServerWebhookService> service, ServerFacts provider)
      : service_(std::move(service)), provider_(std::move(provider)) {}
  tfcpp::Diagnostics List(const tfcpp::Context& context, const tfcpp::ListRequest& request,
                          const tfcpp::TakeListed& take) override;

 private:
  std::shared_ptr<ServerWebhookService> service_;
  ServerFacts provider_;
};

}  // namespace mlflow
