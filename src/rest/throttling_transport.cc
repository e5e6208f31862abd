// SPDX-License-Identifier: Apache-2.0
#include "rest/throttling_transport.h"

#include <algorithm>
#include <string>

namespace tfcpp::rest {
namespace {

using std::chrono::duration_cast;
using std::chrono::milliseconds;

constexpr int kTooManyRequests = 429;
constexpr milliseconds kFirstInterval{100};
constexpr milliseconds kLongestInterval{5'000};
constexpr milliseconds kNegligible{10};

milliseconds IntervalOf(double calls_per_second) {
  if (calls_per_second <= 0) return milliseconds(0);
  constexpr std::chrono::duration<double> kLongest =
      std::chrono::hours(1);  // a rate that is nearly 0 must not overflow
  return std::chrono::ceil<milliseconds>(std::min(kLongest, std::chrono::duration<double>(1 / calls_per_second)));
}

}  // namespace

ThrottlingTransport::ThrottlingTransport(HttpTransport& next, Clock& clock, double calls_per_second)
    : next_(next), clock_(clock), fixed_interval_(IntervalOf(calls_per_second)) {}

Result<HttpResponse> ThrottlingTransport::Send(const Context& context, const HttpRequest& request) {
  const auto wait = duration_cast<milliseconds>(ReserveSlot() - clock_.Now());
  if (wait > milliseconds(0)) {
    context.log.Debug("waiting to keep the rate", {{"wait_ms", std::to_string(wait.count())}});
    if (!clock_.SleepFor(wait, context.stop) && !context.finishing) {
      return Error{
          .code = ErrorCode::kCancelled, .message = "The call was stopped before it was sent.", .reason = "stopped"};
    }
  }
  const auto sent = clock_.Now();
  Result<HttpResponse> outcome = next_.Send(context, request);
  if (outcome.has_value()) Learn(sent, outcome->status);
  return outcome;
}

Clock::SteadyTime ThrottlingTransport::ReserveSlot() {
  const std::lock_guard lock(mutex_);
  const auto slot = std::max(clock_.Now(), next_slot_);
  next_slot_ = slot + std::max(fixed_interval_, slow_interval_);
  return slot;
}

void ThrottlingTransport::Learn(Clock::SteadyTime sent, int status) {
  const std::lock_guard lock(mutex_);
  if (status != kTooManyRequests) {
    slow_interval_ = slow_interval_ * 9 / 10;
    if (slow_interval_ < kNegligible) slow_interval_ = milliseconds(0);
    return;
  }
  if (slow_interval_ > milliseconds(0) && sent <= slowed_at_) return;
  slow_interval_ = std::clamp(slow_interval_ * 2, kFirstInterval, kLongestInterval);
  slowed_at_ = clock_.Now();
  next_slot_ = std::max(next_slot_, slowed_at_ + slow_interval_);
}

}  // namespace tfcpp::rest
