// RetryingTransport: repeats a request as retry_policy.h says, waiting on the clock and ending with the stop
// token. A wait is an INFO record. When waits exceeded 30 s, or Retry-After is longer than the budget, the
// final error or the response's `waited` text says so (an Error's message names attempts and time).
#pragma once

#include <functional>

#include "base/clock.h"
#include "http/retry_policy.h"
#include "http/transport.h"

namespace tfcpp::http {

class RetryingTransport final : public HttpTransport {
 public:
  // References must outlive this. `jitter` gives a number in [0, 1); called from several threads.
  RetryingTransport(HttpTransport& next, Clock& clock, RetryPolicy policy, std::function<double()> jitter);
  Result<HttpResponse> Send(const Context& context, const HttpRequest& request) override;

 private:
  HttpTransport& next_;
  Clock& clock_;
  RetryPolicy policy_;
  std::function<double()> jitter_;
};

}  // namespace tfcpp::http
