// LoggingTransport: one DEBUG record for each round trip, with headers and bodies redacted by name and by value
// (redact.h). Secrets that a request or an answer carries under a secret name are remembered, and stay out of all later
// records, under whatever name they come back.
//
// Thread safety: safe to call from several threads.
#pragma once

#include <mutex>
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
  // Remembers them, and gives all that are known.
  std::vector<Secret> Remember(std::vector<Secret> found);

  HttpTransport& next_;
  Clock& clock_;
  std::mutex mutex_;
  std::vector<Secret> secrets_;
};

}  // namespace tfcpp::http
