#include "provider/client.h"

#include <utility>

#include "databricks/errors.h"
#include "databricks/workspace.h"

namespace mlflow {
namespace {

using tfcpp::Environment;
using tfcpp::FindVariable;
using tfcpp::databricks::Config;
using tfcpp::http::CurlOptions;
using tfcpp::http::HttpResponse;
using tfcpp::http::JsonCall;
using tfcpp::http::RetryPolicy;

// The lower-case form wins, as in curl; both are in use.
std::string Variable(const Environment& environment, const char* lower, const char* upper) {
  const auto value = FindVariable(environment, lower);
  return value.has_value() ? *value : FindVariable(environment, upper).value_or("");
}

CurlOptions TransportOptions(const Config& config, const Environment& environment, std::string user_agent) {
  CurlOptions options;
  options.timeout = config.http_timeout;
  options.ca_file = FindVariable(environment, "SSL_CERT_FILE").value_or("");
  options.extra_ca_file = config.ca_cert_file;
  options.extra_ca_name = "ca_cert_file";
  options.ca_folders = FindVariable(environment, "SSL_CERT_DIR").value_or("");
  options.verify_tls = !config.skip_verify;
  options.user_agent = std::move(user_agent);
  // In upper case a CGI server would take it from a client's "Proxy" header, so only the lower-case form counts.
  options.http_proxy = FindVariable(environment, "http_proxy").value_or("");
  options.https_proxy = Variable(environment, "https_proxy", "HTTPS_PROXY");
  options.no_proxy = Variable(environment, "no_proxy", "NO_PROXY");
  return options;
}

RetryPolicy RetriesOf(const Config& config) {
  RetryPolicy policy;
  policy.budget = config.retry_timeout;
  policy.budget_name = "retry_timeout_seconds";
  return policy;
}

}  // namespace

WorkspaceClient::WorkspaceClient(const Config& config, const Environment& environment, std::string user_agent,
                                 tfcpp::Clock& clock, std::function<double()> jitter,
                                 const TransportFactory& make_transport)
    : secrets_(config.Secrets()),
      transport_(make_transport(TransportOptions(config, environment, std::move(user_agent)))),
      logging_(*transport_, clock, secrets_),
      tokens_(config, environment, logging_, clock, secrets_, jitter),
      authenticating_(logging_, tokens_, tfcpp::databricks::RefusesToken),
      addressing_(authenticating_, tokens_),
      throttling_(addressing_, clock, config.rate_limit.value_or(0)),
      retrying_(throttling_, clock, RetriesOf(config), std::move(jitter)),
      json_(retrying_, tfcpp::databricks::ServiceOf(config), secrets_,
            [this](const JsonCall& call, const HttpResponse& response) {
              return tfcpp::databricks::ToError(json_.service().name, call, response, secrets_, tokens_.Origin());
            }),
      api_(json_, tfcpp::fields::ReadMembers(tfcpp::fields::FieldsOf<RegistryWebhook>())),
      webhooks_(api_, clock, config.retry_timeout) {}

}  // namespace mlflow
