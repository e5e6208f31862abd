#include "http/logging_transport.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/strings.h"
#include "http/redact.h"
#include "json/json.h"

namespace tfcpp::http {
namespace {

std::vector<Secret> SecretsOf(const std::vector<Header>& headers, const std::string& body) {
  std::vector<Secret> secrets = SecretsIn(headers);
  if (const auto json = Json::Parse(body); json.has_value()) {
    auto in_body = SecretsIn(*json);
    std::move(in_body.begin(), in_body.end(), std::back_inserter(secrets));
  }
  return secrets;
}

}  // namespace

std::vector<Secret> LoggingTransport::Remember(std::vector<Secret> found) {
  const std::lock_guard lock(mutex_);
  for (Secret& secret : found) {
    if (std::find(secrets_.begin(), secrets_.end(), secret) == secrets_.end()) secrets_.push_back(std::move(secret));
  }
  return secrets_;
}

Result<HttpResponse> LoggingTransport::Send(const Context& context, const HttpRequest& request) {
  if (!context.log.Enabled(LogLevel::kDebug)) return next_.Send(context, request);
  const auto begin = clock_.Now();
  Result<HttpResponse> outcome = next_.Send(context, request);
  const auto duration = std::chrono::duration_cast<std::chrono::milliseconds>(clock_.Now() - begin);

  Remember(SecretsOf(request.headers, request.body));
  const std::vector<Secret> secrets =
      Remember(outcome.has_value() ? SecretsOf(outcome->headers, outcome->body) : std::vector<Secret>());
  const std::string method(ToString(request.method));
  const std::string url = WithoutSecrets(request.url, secrets);
  const std::string headers = RedactHeaders(request.headers, secrets);
  const std::string sent = RedactBody(request.body, secrets);
  if (outcome.has_value()) {
    context.log.Debug("http round trip",
                      {{"method", method},
                       {"url", url},
                       {"request_headers", headers},
                       {"request_body", sent},
                       {"status", std::to_string(outcome->status)},
                       {"response_headers", RedactHeaders(outcome->headers, secrets)},
                       {"response_body", RedactBody(outcome->body, secrets)},
                       {"request_id", WithoutSecrets(outcome->FindHeader("x-request-id").value_or(""), secrets)},
                       {"duration_ms", std::to_string(duration.count())}});
  } else {
    context.log.Debug("http round trip", {{"method", method},
                                          {"url", url},
                                          {"request_headers", headers},
                                          {"request_body", sent},
                                          {"error", WithoutSecrets(outcome.error().message, secrets)},
                                          {"reason", outcome.error().reason},
                                          {"duration_ms", std::to_string(duration.count())}});
  }
  return outcome;
}

}  // namespace tfcpp::http
