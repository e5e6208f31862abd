// The data sources mlflow_webhook, one webhook by its id, and mlflow_webhooks, all that fit filters. Thread safety: as
// WebhookService.
#pragma once

#include <memory>
#include <string>
#include <utility>

#include "provider/registry_webhook/service.h"
#include "tfcpp/framework/data_source.h"

namespace mlflow {

inline constexpr char kWebhooksTypeName[] = "mlflow_webhooks";

tfcpp::DataSourceType WebhookDataType();
tfcpp::DataSourceType WebhooksDataType();

class WebhookData final : public tfcpp::DataSource {
 public:
  // `workspace` is its name (databricks/workspace.h).
  WebhookData(std::shared_ptr<WebhookService> service, std::string workspace)
      : service_(std::move(service)), workspace_(std::move(workspace)) {}
  tfcpp::DataOutcome Read(const tfcpp::Context& context, const tfcpp::Value& config) override;

 private:
  std::shared_ptr<WebhookService> service_;
  std::string workspace_;
};

class WebhooksData final : public tfcpp::DataSource {
 public:
  explicit WebhooksData(std::shared_ptr<WebhookService> service) : service_(std::move(service)) {}
  tfcpp::DataOutcome Read(const tfcpp::Context& context, const tfcpp::Value& config) override;

 private:
  std::shared_ptr<WebhookService> service_;
};

}  // namespace mlflow
