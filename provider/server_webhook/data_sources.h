// The data sources mlflow_server_webhook, one webhook by its id or by a name that no other has, and
// mlflow_server_webhooks, all that fit filters. Thread safety: as ServerWebhookService.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "provider/server_webhook/facts.h"
#include "provider/server_webhook/service.h"
#include "tfcpp/framework/data_source.h"

namespace mlflow {

inline constexpr char kServerWebhooksTypeName[] = "mlflow_server_webhooks";

tfcpp::DataSourceType ServerWebhookDataType();
tfcpp::DataSourceType ServerWebhooksDataType();

class ServerWebhookData final : public tfcpp::DataSource {
 public:
  // `provider`: the server that the provider is configured for, and its tracking_workspace.
  ServerWebhookData(std::shared_ptr<ServerWebhookService> service, ServerFacts provider)
      : service_(std::move(service)), provider_(std::move(provider)) {}
  tfcpp::DataOutcome Read(const tfcpp::Context& context, const tfcpp::Value& config) override;

 private:
  // In the workspace of `where`. Nullopt: there is not exactly one, and the diagnostics say why.
  std::optional<ServerWebhook> FindById(const tfcpp::Context& context, const std::string& id, const ServerFacts& where,
                                        tfcpp::Diagnostics& diagnostics);
  std::optional<ServerWebhook> FindByName(const tfcpp::Context& context, const std::string& name,
                                          const ServerFacts& where, tfcpp::Diagnostics& diagnostics);

  std::shared_ptr<ServerWebhookService> service_;
  ServerFacts provider_;
};

class ServerWebhooksData final : public tfcpp::DataSource {
 public:
  ServerWebhooksData(std::shared_ptr<ServerWebhookService> service, ServerFacts provider)
      : service_(std::move(service)), provider_(std::move(provider)) {}
  tfcpp::DataOutcome Read(const tfcpp::Context& context, const tfcpp::Value& config) override;

 private:
  std::shared_ptr<ServerWebhookService> service_;
  ServerFacts provider_;
};

}  // namespace mlflow
