#include "provider/server_client.h"

#include <utility>

#include "mlflow_server/errors.h"

namespace mlflow {
namespace {

using tfcpp::mlflow_server::Config;
using tfcpp::rest::CurlOptions;
using tfcpp::rest::HttpResponse;
using tfcpp::rest::JsonCall;

// `skip_verify` is not among them: each service has a switch of its own.
CurlOptions OptionsOf(const Config& config, const tfcpp::Environment& environment, std::string user_agent) {
  CurlOptions options = TransportOptions(environment, std::move(user_agent));
  options.timeout = config.http_timeout;
  options.extra_ca_file = config.ca_cert_file;
  options.verify_tls = !config.tracking_insecure_tls;
  options.client_certificate = config.client_certificate;
  options.if_untrusted =
      "To trust a certificate authority of your own, name its PEM file in tracking_server_cert_path "
      "(MLFLOW_TRACKING_SERVER_CERT_PATH), or in ca_cert_file, which adds to the system's. tracking_insecure_tls "
      "(MLFLOW_TRACKING_INSECURE_TLS) accepts any certificate of the server.";
  options.if_certificate_refused =
      "Name a PEM file with a certificate that the server trusts, and its key, in tracking_client_cert_path "
      "(MLFLOW_TRACKING_CLIENT_CERT_PATH).";
  if (!config.tracking_server_cert_path.empty()) {
    // Of the system's nothing is trusted then, as in MLflow's own clients.
    options.ca_file = config.tracking_server_cert_path;
    options.ca_name = "tracking_server_cert_path";
    options.ca_folders.clear();
  }
  return options;
}

}  // namespace

ServerClient::ServerClient(const Config& config, const tfcpp::Environment& environment, std::string user_agent,
                           tfcpp::Clock& clock, std::function<double()> jitter, const TransportFactory& make_transport,
                           std::vector<std::string_view> members)
    : secrets_(config.Secrets()),
      transport_(make_transport(OptionsOf(config, environment, std::move(user_agent)))),
      logging_(*transport_, clock, secrets_),
      sign_in_(config),
      authenticating_(logging_, sign_in_, tfcpp::mlflow_server::RefusesCredentials),
      throttling_(authenticating_, clock, config.rate_limit.value_or(0)),
      retrying_(throttling_, clock, RetriesWithin(config.retry_timeout), std::move(jitter)),
      json_(retrying_, tfcpp::mlflow_server::ServiceOf(config), secrets_,
            [this, config](const JsonCall& call, const HttpResponse& response) {
              return tfcpp::mlflow_server::ToError(config, call, response, secrets_);
            }),
      api_(json_, std::move(members)) {}

}  // namespace mlflow
