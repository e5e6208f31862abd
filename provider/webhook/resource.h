// What mlflow_webhook does with a workspace: create, read, update and delete, with the rules that keep a webhook from
// being lost or forgotten. Planning is in plan.h, the form of the data in model.h.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "base/secret.h"
#include "crypto/scrypt.h"
#include "framework/resource.h"
#include "provider/webhook/private_data.h"
#include "provider/webhook/service.h"

namespace mlflow {

class WebhookResource final : public tfcpp::Resource {
 public:
  // `host` is the normalised host of the workspace; `lent_token` is lent to job webhooks without one, empty when the
  // provider does not sign in with a token.
  WebhookResource(std::shared_ptr<WebhookService> service, std::string host, tfcpp::Secret lent_token,
                  std::shared_ptr<tfcpp::crypto::Scrypt> scrypt)
      : service_(std::move(service)),
        host_(std::move(host)),
        lent_token_(std::move(lent_token)),
        scrypt_(std::move(scrypt)) {}

  tfcpp::Outcome Create(const tfcpp::Context& context, const tfcpp::CreateRequest& request) override;
  tfcpp::Outcome Read(const tfcpp::Context& context, const tfcpp::ReadRequest& request) override;
  tfcpp::Outcome Update(const tfcpp::Context& context, const tfcpp::UpdateRequest& request) override;
  tfcpp::Outcome Delete(const tfcpp::Context& context, const tfcpp::DeleteRequest& request) override;

 private:
  // What is remembered of a webhook that has just been created or updated from a configuration.
  std::string Remembered(const tfcpp::Value& config) const;
  // An error that names both hosts when the webhook was last seen on another one than the configured; else nullopt.
  std::optional<tfcpp::Diagnostic> OtherHost(const std::string& id, const std::string& private_data) const;

  tfcpp::Outcome UpdateOfMissing(const std::string& id, const tfcpp::UpdateRequest& request,
                                 const tfcpp::Error& error) const;

  std::shared_ptr<WebhookService> service_;
  std::string host_;
  tfcpp::Secret lent_token_;
  std::shared_ptr<tfcpp::crypto::Scrypt> scrypt_;
};

}  // namespace mlflow
