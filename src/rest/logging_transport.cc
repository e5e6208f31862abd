// SPDX-License-Identifier: Apache-2.0
#include "rest/logging_transport.h"

#include "rest/redact.h"
#include "tfcpp/base/strings.h"

namespace tfcpp::rest {
namespace {

constexpr std::size_t kMostHeard = 256u << 10;

}  // namespace

void LoggingTransport::RememberHeard(const std::vector<Secret>& secrets) {
  for (const Secret& secret : secrets) {
    const std::size_t size = secret.Reveal().size();
    if (heard_ + size <= kMostHeard && secrets_.Add(secret)) heard_ += size;
  }
}

Result<HttpResponse> LoggingTransport::Send(const Context& context, const HttpRequest& request) {
  if (!context.log.Enabled(LogLevel::kDebug)) return next_.Send(context, request);
  const auto begin = clock_.Now();
  Result<HttpResponse> outcome = next_.Send(context, request);
  const auto duration = std::chrono::duration_cast<std::chrono::milliseconds>(clock_.Now() - begin);

  secrets_.Add(SecretsIn(request.headers));
  secrets_.Add(SecretsInBody(request.body));
  if (outcome.has_value()) {
    RememberHeard(SecretsIn(outcome->headers));
    RememberHeard(SecretsInBody(outcome->body));
  }
  const std::string method(ToString(request.method));
  const auto body_of = [&](const std::string& body) {
    return request.confidential ? Concat("(", std::to_string(body.size()), " bytes, confidential)")
                                : RedactBody(body, secrets_);
  };
  const std::string url = secrets_.ShownCalled(request.url);
  const std::string headers = RedactHeaders(request.headers, secrets_);
  const std::string sent = body_of(request.body);
  if (outcome.has_value()) {
    context.log.Debug("http round trip",
                      {{"method", method},
                       {"url", url},
                       {"request_headers", headers},
                       {"request_body", sent},
                       {"status", std::to_string(outcome->status)},
                       {"response_headers", RedactHeaders(outcome->headers, secrets_)},
                       {"response_body", body_of(outcome->body)},
                       {"request_id", secrets_.Shown(outcome->FindHeader("x-request-id").value_or(""))},
                       {"duration_ms", std::to_string(duration.count())}});
  } else {
    context.log.Debug("http round trip", {{"method", method},
                                          {"url", url},
                                          {"request_headers", headers},
                                          {"request_body", sent},
                                          {"error", secrets_.Shown(outcome.error().message)},
                                          {"reason", outcome.error().reason},
                                          {"duration_ms", std::to_string(duration.count())}});
  }
  return outcome;
}

}  // namespace tfcpp::rest
