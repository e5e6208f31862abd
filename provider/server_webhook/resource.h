// What mlflow_server_webhook does with a server: create, read, update and delete, with the rules that keep a webhook
// from being lost or forgotten. Planning is in plan.h, the form of the data in webhook.h. Thread safety: as
// ServerWebhookService.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "crypto/scrypt.h"
#include "provider/server_webhook/facts.h"
#include "provider/server_webhook/service.h"
#include "provider/server_webhook/webhook.h"
#include "provider/shared/private_data.h"
#include "tfcpp/framework/resource.h"

namespace mlflow {

class ServerWebhookResource final : public tfcpp::Resource {
 public:
  // `provider`: the server that the provider is configured for, and its tracking_workspace.
  ServerWebhookResource(std::shared_ptr<ServerWebhookService> service, ServerFacts provider,
                        std::shared_ptr<tfcpp::crypto::Scrypt> scrypt)
      : service_(std::move(service)), provider_(std::move(provider)), scrypt_(std::move(scrypt)) {}

  tfcpp::Outcome Create(const tfcpp::Context& context, const tfcpp::CreateRequest& request) override;
  tfcpp::Outcome Read(const tfcpp::Context& context, const tfcpp::ReadRequest& request) override;
  tfcpp::Outcome Update(const tfcpp::Context& context, const tfcpp::UpdateRequest& request) override;
  tfcpp::Outcome Delete(const tfcpp::Context& context, const tfcpp::DeleteRequest& request) override;

 private:
  void Know(const tfcpp::Value& webhook) const;
  ServerWebhookKey KeyOf(const tfcpp::Value& webhook) const;
  Place Here(const ServerWebhookKey& key) const;
  // What is tracked of a webhook that the server has. `hiding`: the plan or the state that says whether its address
  // stands in no state (addresses.h). Place and drift in `remembered` are set here.
  tfcpp::Outcome Tracked(const ServerWebhookKey& key, const ServerWebhook& webhook, const tfcpp::Value& hiding,
                         PrivateData remembered) const;
  // Why a webhook that the server lacks must not be taken for gone: it was last seen elsewhere, or was never seen at
  // all (an import). Nullopt: it is gone.
  std::optional<tfcpp::Diagnostic> WhyNotGone(const ServerWebhookKey& key, const std::string& private_data) const;

  // An update that sends nothing: the same workspace is named otherwise.
  tfcpp::Outcome Unsent(const tfcpp::Context& context, const ServerWebhookKey& key, const tfcpp::UpdateRequest& request,
                        PrivateData remembered);
  // An update whose outcome is not known ends with a read, so that the state says what the server has.
  tfcpp::Value AfterFailedUpdate(const tfcpp::Context& context, const ServerWebhookKey& key,
                                 const tfcpp::UpdateRequest& request, const tfcpp::Error& error);
  tfcpp::Outcome UpdateOfMissing(const ServerWebhookKey& key, const tfcpp::UpdateRequest& request) const;
  // What the server has answered 200 to and not done.
  tfcpp::Diagnostics Refusals(const tfcpp::Context& context, const tfcpp::Value& planned, const ServerWebhook& answer);

  std::shared_ptr<ServerWebhookService> service_;
  ServerFacts provider_;
  std::shared_ptr<tfcpp::crypto::Scrypt> scrypt_;
};

}  // namespace mlflow
