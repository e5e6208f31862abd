// LoggingTransport: one DEBUG record for each round trip, with bodies redacted by name and by value (redact.h). Headers
// are not logged, but for the service's request id; of a confidential request no body either.
#pragma once

#include "base/clock.h"
#include "http/known_secrets.h"
#include "http/transport.h"

namespace tfcpp::http {

// References must outlive this. `secrets`, also those added later, never appear in a record, wherever they come from.
class LoggingTransport final : public HttpTransport {
 public:
  LoggingTransport(HttpTransport& next, Clock& clock, KnownSecrets& secrets)
      : next_(next), clock_(clock), secrets_(secrets) {}
  Result<HttpResponse> Send(const Context& context, const HttpRequest& request) override;

 private:
  HttpTransport& next_;
  Clock& clock_;
  KnownSecrets& secrets_;
};

}  // namespace tfcpp::http
