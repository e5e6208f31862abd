#include "http/logging_transport.h"

#include <utility>

#include "base/strings.h"
#include "http/redact.h"
#include "json/json.h"

namespace tfcpp::http {

void LoggingTransport::Remember(const std::vector<Header>& headers, const std::string& body) {
  for (const Secret& secret : SecretsIn(headers)) secrets_.Add(secret);
  if (const auto json = Json::Parse(body); json.has_value()) {
    for (const Secret& secret : SecretsIn(*json)) secrets_.Add(secret);
  }
}

Result<HttpResponse> LoggingTransport::Send(const Context& context, const HttpRequest& request) {
  if (!context.log.Enabled(LogLevel::kDebug)) return next_.Send(context, request);
  const auto begin = clock_.Now();
  Result<HttpResponse> outcome = next_.Send(context, request);
  const auto duration = std::chrono::duration_cast<std::chrono::milliseconds>(clock_.Now() - begin);

  Remember(request.headers, request.body);
  if (outcome.has_value()) Remember(outcome->headers, outcome->body);
  const std::vector<Secret> secrets = secrets_.All();
  const std::string method(ToString(request.method));
  const std::string url = WithoutSecrets(request.url, secrets);
  const std::string headers = RedactHeaders(request.headers, secrets);
  const auto body_of = [&](const std::string& body) {
    return request.confidential ? Concat("(", std::to_string(body.size()), " bytes, confidential)")
                                : RedactBody(body, secrets);
  };
  const std::string sent = body_of(request.body);
  if (outcome.has_value()) {
    context.log.Debug("http round trip",
                      {{"method", method},
                       {"url", url},
                       {"request_headers", headers},
                       {"request_body", sent},
                       {"status", std::to_string(outcome->status)},
                       {"response_headers", RedactHeaders(outcome->headers, secrets)},
                       {"response_body", body_of(outcome->body)},
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
