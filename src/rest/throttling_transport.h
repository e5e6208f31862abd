// SPDX-License-Identifier: Apache-2.0
// ThrottlingTransport: keeps all calls of a client together within a rate: a fixed cap, when one is asked for, and less
// than that for a while after the service has answered 429.
//
// A 429 doubles the time between two calls, from 100 ms up to 5 s; every other answer shortens it by a tenth, until the
// calls are free again. Answers to calls that were sent before the last slow-down do not count: ten parallel calls that
// are refused at once are one refusal. How long the refused call itself waits is retry_policy.h's affair.
//
// Below the retries, so that every attempt counts. A stop ends the waiting; what was not sent has had no effect.
// Thread safety: safe to call from several threads.
#pragma once

#include <mutex>

#include "rest/transport.h"
#include "tfcpp/base/clock.h"

namespace tfcpp::rest {

class ThrottlingTransport final : public HttpTransport {
 public:
  // `calls_per_second`: the fixed cap, kept to whole milliseconds between two calls; 0: none. References must outlive
  // this.
  ThrottlingTransport(HttpTransport& next, Clock& clock, double calls_per_second);
  Result<HttpResponse> Send(const Context& context, const HttpRequest& request) override;

 private:
  Clock::SteadyTime ReserveSlot();
  void Learn(Clock::SteadyTime sent, int status);

  HttpTransport& next_;
  Clock& clock_;
  const Clock::Duration fixed_interval_;

  std::mutex mutex_;
  Clock::Duration slow_interval_{0};  // 0: not slowed down
  Clock::SteadyTime slowed_at_;
  Clock::SteadyTime next_slot_;
};

}  // namespace tfcpp::rest
