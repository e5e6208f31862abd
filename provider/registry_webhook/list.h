// The list mlflow_webhook: the webhooks of a workspace that fit filters, for `terraform query`. Thread safety: as
// WebhookService.
#pragma once

#include <memory>
#include <string>
#include <utility>

#include "provider/registry_webhook/service.h"
#include "tfcpp/framework/list.h"

namespace mlflow {

tfcpp::ListType WebhookListType();

class WebhookList final : public tfcpp::ResourceList {
 public:
  // `workspace` is its name (databricks/workspace.h).
  WebhookList(std::shared_ptr<WebhookService> service, std::string workspace)
      : service_(std::move(service)), workspace_(std::move(workspace)) {}
  tfcpp::Diagnostics List(const tfcpp::Context& context, const tfcpp::ListRequest& request,
                          const tfcpp::TakeListed& take) override;

 private:
  std::shared_ptr<WebhookService> service_;
  std::string workspace_;
};

}  // namespace mlflow
