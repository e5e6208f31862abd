#include "http/retry_policy.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <ctime>
#include <string_view>

#include "base/strings.h"

namespace tfcpp::http {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::sys_seconds;

// RFC 9110's preferred form of a date: "Sun, 06 Nov 1994 08:49:37 GMT".
std::optional<sys_seconds> ParseHttpDate(const std::string& text) {
  constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  std::array<char, 4> month{};
  unsigned day = 0;
  int year = 0;
  int hour = 0;
  int minute = 0;
  int second = 0;
  if (std::sscanf(text.c_str(), "%*3s, %2u %3s %4d %2d:%2d:%2d GMT", &day, month.data(), &year, &hour,
                  &minute,  // NOLINT(cert-err34-c)
                  &second) != 6) {
    return std::nullopt;
  }
  const auto found = std::find(kMonths.begin(), kMonths.end(), std::string_view(month.data()));
  if (found == kMonths.end()) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(year),
                                         std::chrono::month(static_cast<unsigned>(found - kMonths.begin()) + 1),
                                         std::chrono::day(day)};
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days(date) + std::chrono::hours(hour) + std::chrono::minutes(minute) + seconds(second);
}

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
  std::int64_t count = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), count);
  if (parsed.ec == std::errc() && parsed.ptr == text.data() + text.size()) {
    if (count < 0) return std::nullopt;
    constexpr std::int64_t kYear = 366L * 24 * 3600;  // more is more than any budget, and must not overflow
    return seconds(std::min(count, kYear));
  }
  // A date counts from the service's own clock, so that a wrong one here does no harm.
  const auto until = ParseHttpDate(text);
  const auto now = ParseHttpDate(response.FindHeader("Date").value_or(""));
  if (!until.has_value() || !now.has_value()) return std::nullopt;
  return std::max(milliseconds(0), std::chrono::duration_cast<milliseconds>(*until - *now));
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

}  // namespace tfcpp::http
