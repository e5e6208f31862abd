#include "http/logging_transport.h"

#include <utility>

#include "base/strings.h"
#include "http/redact.h"
#include "json/json.h"

namespace tfcpp::http {

Result<HttpResponse> LoggingTransport::Send(const Context& context, const HttpRequest& request) {
  if (!context.log.Enabled(LogLevel::kDebug)) return next_.Send(context, request);
  const auto begin = clock_.Now();
  Result<HttpResponse> outcome = next_.Send(context, request);
  const auto duration = std::chrono::duration_cast<std::chrono::milliseconds>(clock_.Now() - begin);
  const std::string method(ToString(request.method));
  // What the request carries in secret members may come back in other places of the answer.
  std::vector<Secret> secrets = secrets_.All();
  if (const auto body = Json::Parse(request.body); body.has_value()) {
    for (Secret& secret : SecretsIn(*body)) secrets.push_back(std::move(secret));
  }
  const std::string url = WithoutSecrets(request.url, secrets);
  const auto body_of = [&](const std::string& body) {
    return request.confidential ? Concat("(", std::to_string(body.size()), " bytes, confidential)")
                                : RedactBody(body, secrets);
  };
  const std::string sent = body_of(request.body);
  if (outcome.has_value()) {
    context.log.Debug("http round trip",
                      {{"method", method},
                       {"url", url},
                       {"request_body", sent},
                       {"status", std::to_string(outcome->status)},
                       {"response_body", body_of(outcome->body)},
                       {"request_id", WithoutSecrets(outcome->FindHeader("x-request-id").value_or(""), secrets)},
                       {"duration_ms", std::to_string(duration.count())}});
  } else {
    context.log.Debug("http round trip", {{"method", method},
                                          {"url", url},
                                          {"request_body", sent},
                                          {"error", WithoutSecrets(outcome.error().message, secrets)},
                                          {"reason", outcome.error().reason},
                                          {"duration_ms", std::to_string(duration.count())}});
  }
  return outcome;
}

}  // namespace tfcpp::http
