// The list mlflow_webhook: the webhooks of a workspace that fit filters, for `terraform query`.
#pragma once

#include <memory>
#include <string>
#include <utility>

#include "framework/list.h"
#include "provider/registry_webhook/service.h"

namespace mlflow {

tfcpp::ListType WebhookListType();

class WebhookList final : public tfcpp::ResourceList {
 public:
  // `host` is the normalised host of the workspace.
  WebhookList(std::shared_ptr<WebhookService> service, std::string host)
      : service_(std::move(service)), host_(std::move(host)) {}
  tfcpp::Diagnostics List(const tfcpp::Context& context, const tfcpp::ListRequest& request,
                          const tfcpp::TakeListed& take) override;

 private:
  std::shared_ptr<WebhookService> service_;
  std::string host_;
};

}  // namespace mlflow
