// SPDX-License-Identifier: Apache-2.0
#include "rest/retry_policy.h"

#include <algorithm>
#include <charconv>

#include "rest/date.h"
#include "tfcpp/base/strings.h"

namespace tfcpp::rest {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

bool MayBeRepeated(const Attempt& attempt) {
  if (attempt.response != nullptr) {
    switch (attempt.response->status) {
      case 429:
        return true;
      case 408:
      case 502:
      case 503:
      case 504:
        return attempt.effect != Effect::kCreates;
      default:
        return false;
    }
  }
  const Error& error = *attempt.error;
  if (error.code == ErrorCode::kCancelled) return false;
  if (error.code != ErrorCode::kUnavailable && error.code != ErrorCode::kDeadlineExceeded) return false;
  if (error.reason == "tls") return false;  // a certificate does not get better by asking again
  return !error.may_have_acted || attempt.effect != Effect::kCreates;
}

// The request never left: nobody listens, or the name is unknown. Waiting long seldom helps.
bool IsUnreachable(const Attempt& attempt) { return attempt.error != nullptr && !attempt.error->may_have_acted; }

}  // namespace

std::optional<milliseconds> RetryAfter(const HttpResponse& response) {
  const auto header = response.FindHeader("Retry-After");
  if (!header.has_value()) return std::nullopt;
  const std::string text(Trim(*header));
  if (!text.empty() && text.find_first_not_of("0123456789") == text.npos) {
    constexpr std::int64_t kYear = 366L * 24 * 3600;  // more is more than any budget, and must not overflow
    std::int64_t count = kYear;                       // stays when there are more digits than fit
    std::from_chars(text.data(), text.data() + text.size(), count);
    return count == 0 ? std::nullopt : std::optional<milliseconds>(seconds(std::min(count, kYear)));
  }
  // A date counts from the service's own clock, so that a wrong one here does no harm.
  const auto until = ParseHttpDate(text);
  const auto now = ParseHttpDate(response.FindHeader("Date").value_or(""));
  if (!until.has_value() || !now.has_value() || *until <= *now) return std::nullopt;
  return std::chrono::duration_cast<milliseconds>(*until - *now);
}

std::optional<milliseconds> NextDelay(const RetryPolicy& policy, const Attempt& attempt, double jitter) {
  if (!MayBeRepeated(attempt)) return std::nullopt;
  const auto asked = attempt.response != nullptr ? RetryAfter(*attempt.response) : std::nullopt;
  const milliseconds linear =
      std::min(policy.step * attempt.number, policy.max_delay) +
      milliseconds(static_cast<std::int64_t>(jitter * static_cast<double>(policy.max_jitter.count())));
  const milliseconds delay = asked.value_or(linear);
  const milliseconds budget = IsUnreachable(attempt) ? std::min(policy.budget, policy.refused_budget) : policy.budget;
  if (attempt.elapsed + delay > budget) return std::nullopt;
  return delay;
}

}  // namespace tfcpp::rest
