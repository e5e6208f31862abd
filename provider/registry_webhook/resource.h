// What mlflow_webhook does with a workspace: create, read, update and delete, with the rules that keep a webhook from
// being lost or forgotten. Planning is in plan.h, the form of the data in webhook.h. Thread safety: as WebhookService.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "crypto/scrypt.h"
#include "provider/registry_webhook/service.h"
#include "provider/registry_webhook/webhook.h"
#include "provider/shared/private_data.h"
#include "tfcpp/base/secret.h"
#include "tfcpp/framework/resource.h"

namespace mlflow {

class WebhookResource final : public tfcpp::Resource {
 public:
  // `workspace` is its name (databricks/workspace.h); `lent_token` is lent to job webhooks without one, empty when the
  // provider does not sign in with a token.
  WebhookResource(std::shared_ptr<WebhookService> service, std::string workspace, tfcpp::Secret lent_token,
                  std::shared_ptr<tfcpp::crypto::Scrypt> scrypt)
      : service_(std::move(service)),
        workspace_(std::move(workspace)),
        lent_token_(std::move(lent_token)),
        scrypt_(std::move(scrypt)) {}

  tfcpp::Outcome Create(const tfcpp::Context& context, const tfcpp::CreateRequest& request) override;
  tfcpp::Outcome Read(const tfcpp::Context& context, const tfcpp::ReadRequest& request) override;
  tfcpp::Outcome Update(const tfcpp::Context& context, const tfcpp::UpdateRequest& request) override;
  tfcpp::Outcome Delete(const tfcpp::Context& context, const tfcpp::DeleteRequest& request) override;

 private:
  void Know(const tfcpp::Value& webhook) const;
  Place Here() const;
  // What is tracked of a webhook that the service has. `hiding`: the plan or the state that says which addresses stand
  // in no state (addresses.h). Place and drift in `remembered` are set here.
  tfcpp::Outcome Tracked(const RegistryWebhook& webhook, const tfcpp::Value& hiding, PrivateData remembered) const;
  // Why a webhook that the workspace lacks must not be taken for gone: it was last seen in another one, or was never
  // seen at all (an import, a move). Nullopt: it is gone.
  std::optional<tfcpp::Diagnostic> WhyNotGone(const WebhookKey& key, const std::string& private_data) const;

  tfcpp::Value AfterFailedUpdate(const tfcpp::Context& context, const WebhookKey& key,
                                 const tfcpp::UpdateRequest& request, const tfcpp::Error& error);
  tfcpp::Outcome UpdateOfMissing(const WebhookKey& key, const tfcpp::UpdateRequest& request,
                                 const tfcpp::Error& error) const;

  std::shared_ptr<WebhookService> service_;
  std::string workspace_;
  tfcpp::Secret lent_token_;
  std::shared_ptr<tfcpp::crypto::Scrypt> scrypt_;
};

}  // namespace mlflow
