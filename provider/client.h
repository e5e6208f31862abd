// WorkspaceClient: everything between a configured provider and its workspace, built once for each ConfigureProvider:
//
//   WebhookService -> RegistryWebhooks -> JsonClient
//     -> Retrying(Throttling(Addressing(Authenticating(Logging(Curl)))))
//
// Nothing is opened or started before the first call. Thread safety: as its parts.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "databricks/auth/addressing_transport.h"
#include "databricks/auth/sign_in.h"
#include "databricks/config.h"
#include "databricks/registry_webhooks.h"
#include "provider/registry_webhook/service.h"
#include "provider/transport_options.h"
#include "rest/authenticating_transport.h"
#include "rest/json_client.h"
#include "rest/known_secrets.h"
#include "rest/logging_transport.h"
#include "rest/retrying_transport.h"
#include "rest/throttling_transport.h"
#include "tfcpp/base/clock.h"

namespace mlflow {

class WorkspaceClient {
 public:
  // `clock` must outlive this. `environment` gives proxies, the CA bundle, and what pipelines sign in with.
  WorkspaceClient(const tfcpp::databricks::Config& config, const tfcpp::Environment& environment,
                  std::string user_agent, tfcpp::Clock& clock, std::function<double()> jitter,
                  const TransportFactory& make_transport);

  WorkspaceClient(const WorkspaceClient&) = delete;
  WorkspaceClient& operator=(const WorkspaceClient&) = delete;

  WebhookService& webhooks() { return webhooks_; }
  tfcpp::databricks::RegistryWebhooks& api() { return api_; }

 private:
  tfcpp::rest::KnownSecrets secrets_;
  std::unique_ptr<tfcpp::rest::HttpTransport> transport_;
  tfcpp::rest::LoggingTransport logging_;
  tfcpp::databricks::SignIn tokens_;
  tfcpp::rest::AuthenticatingTransport authenticating_;
  tfcpp::databricks::AddressingTransport addressing_;
  tfcpp::rest::ThrottlingTransport throttling_;
  tfcpp::rest::RetryingTransport retrying_;
  tfcpp::rest::JsonClient json_;
  tfcpp::databricks::RegistryWebhooks api_;
  WebhookService webhooks_;
};

}  // namespace mlflow
