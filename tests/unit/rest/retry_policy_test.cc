#include "rest/retry_policy.h"

#include <gtest/gtest.h>

#include "support/scripted_transport.h"

namespace tfcpp::rest {
namespace {

using std::chrono::milliseconds;
using namespace std::chrono_literals;
using test::Answer;

constexpr milliseconds kGivesUp{-1};
constexpr Effect kAll[] = {Effect::kNone, Effect::kIdempotent, Effect::kCreates};

milliseconds Delay(Attempt attempt, double jitter = 0, RetryPolicy policy = {}) {
  return NextDelay(policy, attempt, jitter).value_or(kGivesUp);
}

struct StatusCase {
  int status;
  milliseconds read, idempotent, create;
};

TEST(NextDelayTest, ByStatusAndEffect) {
  const StatusCase kCases[] = {
      {200, kGivesUp, kGivesUp, kGivesUp},
      {302, kGivesUp, kGivesUp, kGivesUp},
      {400, kGivesUp, kGivesUp, kGivesUp},
      {401, kGivesUp, kGivesUp, kGivesUp},
      {403, kGivesUp, kGivesUp, kGivesUp},
      {404, kGivesUp, kGivesUp, kGivesUp},
      {408, 1s, 1s, kGivesUp},
      {409, kGivesUp, kGivesUp, kGivesUp},
      {429, 1s, 1s, 1s},
      {500, kGivesUp, kGivesUp, kGivesUp},
      {501, kGivesUp, kGivesUp, kGivesUp},
      {502, 1s, 1s, kGivesUp},
      {503, 1s, 1s, kGivesUp},
      {504, 1s, 1s, kGivesUp},
  };
  for (const StatusCase& c : kCases) {
    const HttpResponse response = Answer(c.status);
    EXPECT_EQ(Delay({.effect = Effect::kNone, .response = &response}), c.read) << c.status;
    EXPECT_EQ(Delay({.effect = Effect::kIdempotent, .response = &response}), c.idempotent) << c.status;
    EXPECT_EQ(Delay({.effect = Effect::kCreates, .response = &response}), c.create) << c.status;
  }
}

struct ErrorCase {
  Error error;
  milliseconds read, idempotent, create;
};

TEST(NextDelayTest, ByFailureAndEffect) {
  const ErrorCase kCases[] = {
      {{ErrorCode::kUnavailable, "", "connect", false}, 1s, 1s, 1s},
      {{ErrorCode::kUnavailable, "", "resolve", false}, 1s, 1s, 1s},
      {{ErrorCode::kUnavailable, "", "proxy", false}, 1s, 1s, 1s},
      {{ErrorCode::kUnavailable, "", "lost", false}, 1s, 1s, 1s},
      {{ErrorCode::kUnavailable, "", "lost", true}, 1s, 1s, kGivesUp},
      {{ErrorCode::kDeadlineExceeded, "", "timeout", true}, 1s, 1s, kGivesUp},
      {{ErrorCode::kUnavailable, "", "tls", false}, kGivesUp, kGivesUp, kGivesUp},
      {{ErrorCode::kCancelled, "", "stopped", false}, kGivesUp, kGivesUp, kGivesUp},
      {{ErrorCode::kMalformed, "", "too_large", true}, kGivesUp, kGivesUp, kGivesUp},
      {{ErrorCode::kInvalidArgument, "", "url", false}, kGivesUp, kGivesUp, kGivesUp},
      {{ErrorCode::kInternal, "", "", false}, kGivesUp, kGivesUp, kGivesUp},
  };
  for (const ErrorCase& c : kCases) {
    const std::string what = c.error.reason + (c.error.may_have_acted ? " sent" : " not sent");
    EXPECT_EQ(Delay({.effect = Effect::kNone, .error = &c.error}), c.read) << what;
    EXPECT_EQ(Delay({.effect = Effect::kIdempotent, .error = &c.error}), c.idempotent) << what;
    EXPECT_EQ(Delay({.effect = Effect::kCreates, .error = &c.error}), c.create) << what;
  }
}

TEST(NextDelayTest, GrowsLinearlyWithJitter) {
  const HttpResponse busy = Answer(429);
  EXPECT_EQ(Delay({.number = 1, .response = &busy}, 0.5), 1375ms);
  EXPECT_EQ(Delay({.number = 3, .response = &busy}), 3s);
  EXPECT_EQ(Delay({.number = 10, .response = &busy}), 10s);
  EXPECT_EQ(Delay({.number = 1000, .response = &busy}), 10s);
  EXPECT_LT(Delay({.number = 1000, .response = &busy}, 0.999), 10'750ms);
}

TEST(NextDelayTest, RetryAfterReplacesTheLinearDelay) {
  for (const Effect effect : kAll) {
    const HttpResponse asked = Answer(429, "", {{"retry-after", "7"}});
    EXPECT_EQ(Delay({.number = 5, .effect = effect, .response = &asked}, 0.9), 7s);
  }
}

// Otherwise a service that says "0" is called thousands of times in the time of one call.
TEST(NextDelayTest, RetryAfterThatAsksForNoWaitCountsAsNone) {
  constexpr char kNow[] = "Sun, 06 Nov 1994 08:49:37 GMT";
  for (const char* text : {"0",
                           "00",
                           "-0",
                           "-1",
                           "-9223372036854775808",
                           "-99999999999999999999",
                           "+5",
                           "0.5",
                           "1.5",
                           "1e3",
                           "0x10",
                           "5s",
                           "5 5",
                           "soon",
                           "",
                           " ",
                           "NaN",
                           kNow,
                           "Sun, 06 Nov 1994 08:49:36 GMT",
                           "Thu, 01 Jan 1970 00:00:00 GMT",
                           "Sunday, 06-Nov-94 08:50:07 GMT"}) {
    for (const Effect effect : kAll) {
      const HttpResponse response = Answer(429, "", {{"Date", kNow}, {"Retry-After", text}});
      EXPECT_EQ(Delay({.number = 5, .effect = effect, .response = &response}), 5s) << text;
    }
  }
}

struct BudgetCase {
  const char* what;
  milliseconds elapsed;
  const char* retry_after;  // "": none
  milliseconds delay;
};

TEST(NextDelayTest, NeverWaitsLongerThanTheBudget) {
  const BudgetCase kCases[] = {
      {"ends exactly", 299s, "", 1s},
      {"ends after", 299'001ms, "", kGivesUp},
      {"asked exactly", 0s, "300", 300s},
      {"asked for longer", 0s, "301", kGivesUp},
      {"asked for too long by now", 200s, "101", kGivesUp},
      {"asked for ages", 0s, "9223372036854775807", kGivesUp},
      {"asked for more than can be counted", 0s, "99999999999999999999", kGivesUp},
  };
  for (const BudgetCase& c : kCases) {
    const HttpResponse response = Answer(
        429, "", *c.retry_after == '\0' ? std::vector<Header>{} : std::vector<Header>{{"Retry-After", c.retry_after}});
    EXPECT_EQ(Delay({.elapsed = c.elapsed, .response = &response}), c.delay) << c.what;
  }
  const HttpResponse busy = Answer(429);
  EXPECT_EQ(Delay({.response = &busy}, 0, {.budget = 0ms}), kGivesUp);
}

TEST(NextDelayTest, GivesUpAnUnreachableHostSooner) {
  const Error refused{ErrorCode::kUnavailable, "", "connect", false};
  const Error lost{ErrorCode::kUnavailable, "", "lost", true};
  EXPECT_EQ(Delay({.elapsed = 4s, .error = &refused}), 1s);
  EXPECT_EQ(Delay({.elapsed = 4001ms, .error = &refused}), kGivesUp);
  EXPECT_EQ(Delay({.elapsed = 4001ms, .error = &lost}), 1s);
  EXPECT_EQ(Delay({.error = &refused}, 0, {.budget = 500ms}), kGivesUp);  // a smaller budget counts as well
}

struct RetryAfterCase {
  const char* retry_after;
  const char* date;
  milliseconds expected;  // kGivesUp: counts as none
};

TEST(RetryAfterTest, ReadsSecondsAndDates) {
  constexpr char kNow[] = "Sun, 06 Nov 1994 08:49:37 GMT";
  const RetryAfterCase kCases[] = {
      {"7", "", 7s},
      {" 7 ", "", 7s},
      {"0", "", kGivesUp},
      {"-1", "", kGivesUp},
      {"1.5", "", kGivesUp},
      {"", kNow, kGivesUp},
      {"Sun, 06 Nov 1994 08:50:07 GMT", kNow, 30s},
      {"Mon, 07 Nov 1994 08:49:37 GMT", kNow, 24h},
      {"Sun, 06 Nov 1994 08:49:38 GMT", kNow, 1s},
      {"Sun, 06 Nov 1994 08:49:37 GMT", kNow, kGivesUp},
      {"Sun, 06 Nov 1994 08:49:00 GMT", kNow, kGivesUp},
      {"Sun, 06 Nov 1994 08:50:07 GMT", "", kGivesUp},
      {"Sun, 06 Nov 1994 08:50:07 GMT", "today", kGivesUp},
      {"Sun, 06 Foo 1994 08:50:07 GMT", kNow, kGivesUp},
      {"Sun, 31 Feb 1994 08:50:07 GMT", kNow, kGivesUp},
      {"Sun, 06 Nov 1994 24:00:00 GMT", kNow, kGivesUp},
      {"Sun, 06 Nov 1994 23:60:00 GMT", kNow, kGivesUp},
      {"Sun, 06 Nov 1994 99:99:99 GMT", kNow, kGivesUp},
      {"Sun, 06 Nov 1994 -1:50:07 GMT", kNow, kGivesUp},
      {"Sun Nov  6 08:50:07 1994", kNow, kGivesUp},
      {"Sunday, 06-Nov-94 08:50:07 GMT", kNow, kGivesUp},
  };
  for (const RetryAfterCase& c : kCases) {
    EXPECT_EQ(RetryAfter(Answer(429, "", {{"Date", c.date}, {"Retry-After", c.retry_after}})).value_or(kGivesUp),
              c.expected)
        << c.retry_after << " at " << c.date;
  }
  EXPECT_EQ(RetryAfter(Answer(429)), std::nullopt);
}

}  // namespace
}  // namespace tfcpp::rest
