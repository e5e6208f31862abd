// LoggingTransport: one DEBUG record for each round trip, with headers and bodies redacted by name at any
// depth (authorization, secret, access_token, token, ..., see kRedactedNames) and by value (any secret that
// the process knows).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/secret.h"
#include "http/transport.h"

namespace tfcpp::http {

// `body` as it may be logged: JSON members with redacted names are replaced at any depth, text that is no
// JSON is cut to its length, and every occurrence of a known secret of at least 4 bytes is replaced. At most
// 4 KiB.
std::string RedactBody(std::string_view body, const std::vector<Secret>& secrets);

class LoggingTransport final : public HttpTransport {
 public:
  LoggingTransport(HttpTransport& next, Clock& clock, std::vector<Secret> secrets)
      : next_(next), clock_(clock), secrets_(std::move(secrets)) {}
  Result<HttpResponse> Send(const Context& context, const HttpRequest& request) override;

 private:
  HttpTransport& next_;
  Clock& clock_;
  std::vector<Secret> secrets_;
};

}  // namespace tfcpp::http
