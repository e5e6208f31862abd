// LoggingTransport: one DEBUG record for each round trip, with headers and bodies redacted by name and by value
// (redact.h). Secrets that a request or an answer carries under a secret name are remembered, and stay out of all later
// records, under whatever name they come back. Of a confidential request no body is logged.
//
// Thread safety: safe to call from several threads.
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
  void Remember(const std::vector<Header>& headers, const std::string& body);

  HttpTransport& next_;
  Clock& clock_;
  KnownSecrets& secrets_;
};

}  // namespace tfcpp::http
