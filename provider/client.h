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

#include "base/clock.h"
#include "databricks/auth/addressing_transport.h"
#include "databricks/auth/sign_in.h"
#include "databricks/config.h"
#include "databricks/registry_webhooks.h"
#include "http/authenticating_transport.h"
#include "http/json_client.h"
#include "http/known_secrets.h"
#include "http/logging_transport.h"
#include "http/retrying_transport.h"
#include "http/throttling_transport.h"
#include "provider/registry_webhook/service.h"
#include "provider/transport_options.h"

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
  tfcpp::http::KnownSecrets secrets_;
  std::unique_ptr<tfcpp::http::HttpTransport> transport_;
  tfcpp::http::LoggingTransport logging_;
  tfcpp::databricks::SignIn tokens_;
  tfcpp::http::AuthenticatingTransport authenticating_;
  tfcpp::databricks::AddressingTransport addressing_;
  tfcpp::http::ThrottlingTransport throttling_;
  tfcpp::http::RetryingTransport retrying_;
  tfcpp::http::JsonClient json_;
  tfcpp::databricks::RegistryWebhooks api_;
  WebhookService webhooks_;
};

}  // namespace mlflow
