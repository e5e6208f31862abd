// SPDX-License-Identifier: Apache-2.0
// RetryingTransport: repeats a request as retry_policy.h says, waiting on the clock and ending with the stop token.
// Each wait is an INFO record. What a user should know of the waiting ("Tried 5 times in 34 s.", "The service asked to
// wait 3600 s, ...") is put where errors are made: an Error's message ends with it, and a response that ends the
// attempts has it in `waited`.
#pragma once

#include <functional>

#include "rest/retry_policy.h"
#include "rest/transport.h"
#include "tfcpp/base/clock.h"

namespace tfcpp::rest {

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

}  // namespace tfcpp::rest
