// LoggingTransport: one DEBUG record for each round trip, with bodies redacted by name and by value (redact.h). Headers
// are not logged, but for the service's request id.
#pragma once

#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/secret.h"
#include "http/transport.h"

namespace tfcpp::http {

// References must outlive this. `secrets` never appear in a record, wherever they come from.
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
