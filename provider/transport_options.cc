#include "provider/transport_options.h"

#include <utility>

namespace mlflow {
namespace {

using tfcpp::Environment;
using tfcpp::FindVariable;

// The lower-case form wins, as in curl; both are in use.
std::string Variable(const Environment& environment, const char* lower, const char* upper) {
  const auto value = FindVariable(environment, lower);
  return value.has_value() ? *value : FindVariable(environment, upper).value_or("");
}

}  // namespace

tfcpp::rest::CurlOptions TransportOptions(const Environment& environment, std::string user_agent) {
  tfcpp::rest::CurlOptions options;
  options.ca_file = FindVariable(environment, "SSL_CERT_FILE").value_or("");
  options.ca_folders = FindVariable(environment, "SSL_CERT_DIR").value_or("");
  options.extra_ca_name = "ca_cert_file";
  options.user_agent = std::move(user_agent);
  // In upper case a CGI server would take it from a client's "Proxy" header, so only the lower-case form counts.
  options.http_proxy = FindVariable(environment, "http_proxy").value_or("");
  options.https_proxy = Variable(environment, "https_proxy", "HTTPS_PROXY");
  options.no_proxy = Variable(environment, "no_proxy", "NO_PROXY");
  return options;
}

tfcpp::rest::RetryPolicy RetriesWithin(std::chrono::milliseconds budget) {
  tfcpp::rest::RetryPolicy policy;
  policy.budget = budget;
  policy.budget_name = "retry_timeout_seconds";
  return policy;
}

}  // namespace mlflow
