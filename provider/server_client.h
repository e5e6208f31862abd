// ServerClient: everything between a configured provider and its MLflow server, built once for each ConfigureProvider:
//
//   ServerWebhooks -> JsonClient -> Retrying(Throttling(Authenticating(Logging(Curl))))
//
// Nothing is opened or started before the first call. Thread safety: as its parts.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "mlflow_server/config.h"
#include "mlflow_server/server_webhooks.h"
#include "mlflow_server/sign_in.h"
#include "provider/transport_options.h"
#include "rest/authenticating_transport.h"
#include "rest/json_client.h"
#include "rest/known_secrets.h"
#include "rest/logging_transport.h"
#include "rest/retrying_transport.h"
#include "rest/throttling_transport.h"
#include "tfcpp/base/clock.h"

namespace mlflow {

class ServerClient {
 public:
  // `clock` must outlive this, and so must the views `members`: what is read of webhooks. `environment` gives proxies
  // and the CA bundle.
  ServerClient(const tfcpp::mlflow_server::Config& config, const tfcpp::Environment& environment,
               std::string user_agent, tfcpp::Clock& clock, std::function<double()> jitter,
               const TransportFactory& make_transport, std::vector<std::string_view> members);

  ServerClient(const ServerClient&) = delete;
  ServerClient& operator=(const ServerClient&) = delete;

  tfcpp::mlflow_server::ServerWebhooks& api() { return api_; }

 private:
  tfcpp::rest::KnownSecrets secrets_;
  std::unique_ptr<tfcpp::rest::HttpTransport> transport_;
  tfcpp::rest::LoggingTransport logging_;
  tfcpp::mlflow_server::SignIn sign_in_;
  tfcpp::rest::AuthenticatingTransport authenticating_;
  tfcpp::rest::ThrottlingTransport throttling_;
  tfcpp::rest::RetryingTransport retrying_;
  tfcpp::rest::JsonClient json_;
  tfcpp::mlflow_server::ServerWebhooks api_;
};

}  // namespace mlflow
