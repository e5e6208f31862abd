#include "provider/client.h"

#include <utility>

#include "databricks/errors.h"
#include "databricks/workspace.h"

namespace mlflow {
namespace {

using tfcpp::Environment;
using tfcpp::databricks::Config;
using tfcpp::rest::CurlOptions;
using tfcpp::rest::HttpResponse;
using tfcpp::rest::JsonCall;

CurlOptions OptionsOf(const Config& config, const tfcpp::Environment& environment, std::string user_agent) {
  CurlOptions options = TransportOptions(environment, std::move(user_agent));
  options.timeout = config.http_timeout;
  options.extra_ca_file = config.ca_cert_file;
  options.verify_tls = !config.skip_verify;
  options.if_untrusted = "To trust a certificate authority of your own, name its PEM file in ca_cert_file.";
  return options;
}

}  // namespace

WorkspaceClient::WorkspaceClient(const Config& config, const Environment& environment, std::string user_agent,
                                 tfcpp::Clock& clock, std::function<double()> jitter,
                                 const TransportFactory& make_transport)
    : secrets_(config.Secrets()),
      transport_(make_transport(OptionsOf(config, environment, std::move(user_agent)))),
      logging_(*transport_, clock, secrets_),
      tokens_(config, environment, logging_, clock, secrets_, jitter),
      authenticating_(logging_, tokens_, tfcpp::databricks::RefusesToken),
      addressing_(authenticating_, tokens_),
      throttling_(addressing_, clock, config.rate_limit.value_or(0)),
      retrying_(throttling_, clock, RetriesWithin(config.retry_timeout), std::move(jitter)),
      json_(retrying_, tfcpp::databricks::ServiceOf(config), secrets_,
            [this](const JsonCall& call, const HttpResponse& response) {
              return tfcpp::databricks::ToError(json_.service().name, call, response, secrets_, tokens_.Origin());
            }),
      api_(json_, tfcpp::fields::ReadMembers(tfcpp::fields::FieldsOf<RegistryWebhook>())),
      webhooks_(api_, clock, config.retry_timeout) {}

}  // namespace mlflow
