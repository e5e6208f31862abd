#include "rest/retrying_transport.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/scripted_transport.h"
#include "tfcpp/testing/fake_clock.h"
#include "tfcpp/testing/recording_logger.h"

namespace tfcpp::rest {
namespace {

using namespace std::chrono_literals;
using test::Answer;
using test::FakeClock;
using test::ScriptedTransport;
using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const Error kRefused{ErrorCode::kUnavailable, "No connection.", "connect", false};
const Error kLost{ErrorCode::kUnavailable, "The connection was lost.", "lost", true};

struct Fixture {
  explicit Fixture(ScriptedTransport& next, RetryPolicy policy = {})
      : transport(next, clock, policy, [] { return 0.0; }) {}
  Result<HttpResponse> Send(Effect effect = Effect::kNone) {
    return transport.Send({stop.get_token(), log}, {.method = Method::kPatch, .url = "u", .effect = effect});
  }
  FakeClock clock;
  test::RecordingLogger log;
  std::stop_source stop;
  RetryingTransport transport;
};

TEST(RetryingTransportTest, DoesNotTouchASuccess) {
  ScriptedTransport next{Answer(200, "x")};
  Fixture f(next);
  const auto outcome = f.Send();
  EXPECT_EQ(outcome->body, "x");
  EXPECT_EQ(outcome->waited, "");
  EXPECT_THAT(f.clock.sleeps(), IsEmpty());
  EXPECT_EQ(f.log.text(), "");
}

TEST(RetryingTransportTest, WaitsLongerEachTimeAndSaysSoInTheLog) {
  ScriptedTransport next{Answer(503), kLost, Answer(429, "", {{"Retry-After", "4"}}), Answer(200)};
  Fixture f(next);
  EXPECT_EQ(f.Send()->status, 200);
  EXPECT_THAT(f.clock.sleeps(), ElementsAre(1s, 2s, 4s));
  EXPECT_EQ(f.log.text(),
            "INFO waiting before another attempt method=PATCH attempt=1 wait_ms=1000 reason=503\n"
            "INFO waiting before another attempt method=PATCH attempt=2 wait_ms=2000 reason=lost\n"
            "INFO waiting before another attempt method=PATCH attempt=3 wait_ms=4000 reason=429\n");
}

TEST(RetryingTransportTest, EveryAttemptSendsTheSameRequest) {
  ScriptedTransport next{Answer(429), Answer(429), Answer(200)};
  Fixture f(next);
  EXPECT_TRUE(f.Send(Effect::kCreates).has_value());
  ASSERT_EQ(next.requests.size(), 3u);
  for (const HttpRequest& request : next.requests) EXPECT_EQ(request.url, "u");
}

TEST(RetryingTransportTest, AStopEndsTheWaitWithTheLastOutcome) {
  ScriptedTransport next{Answer(503, "last")};
  Fixture f(next);
  f.clock.on_sleep = [&] { f.stop.request_stop(); };
  const auto outcome = f.Send();
  EXPECT_EQ(outcome->body, "last");
  EXPECT_THAT(outcome->waited, HasSubstr("stopped while the provider waited 1 s"));
  EXPECT_EQ(next.requests.size(), 1u);
}

TEST(RetryingTransportTest, TellsOfLongWaitingBesideTheAnswer) {
  ScriptedTransport next{Answer(429, "", {{"Retry-After", "100"}}), Answer(429, "", {{"Retry-After", "100"}}),
                         Answer(429, "", {{"Retry-After", "100"}}), Answer(429)};
  Fixture f(next);
  EXPECT_EQ(f.Send(Effect::kCreates)->waited, "Tried 4 times in 300 s.");
}

TEST(RetryingTransportTest, TellsOfAWaitThatIsTooLong) {
  ScriptedTransport next{Answer(429, "", {{"Retry-After", "3600"}})};
  Fixture f(next);
  EXPECT_EQ(f.Send()->waited,
            "The service asked to wait 3600 s, which is more than is left of the time for a call (300 s).");
  EXPECT_THAT(f.clock.sleeps(), IsEmpty());
}

TEST(RetryingTransportTest, CallsItsBudgetAsItIsTold) {
  ScriptedTransport next{Answer(429, "", {{"Retry-After", "61"}})};
  Fixture f(next, {.budget = 60s, .budget_name = "patience"});
  EXPECT_EQ(f.Send()->waited, "The service asked to wait 61 s, which is more than is left of patience (60 s).");
}

TEST(RetryingTransportTest, TellsOfLongWaitingInAnError) {
  ScriptedTransport next{kLost, kLost};
  next.on_send = [] {};
  Fixture f(next, {.step = 40s, .max_delay = 40s, .budget = 60s});
  const auto outcome = f.Send();
  ASSERT_FALSE(outcome.has_value());
  EXPECT_EQ(outcome.error().message, "The connection was lost. Tried 2 times in 40 s.");
  EXPECT_EQ(outcome.error().reason, "lost");
}

TEST(RetryingTransportTest, SaysNothingOfShortWaiting) {
  ScriptedTransport next{Answer(503), Answer(404)};
  Fixture f(next);
  EXPECT_EQ(f.Send()->waited, "");
}

TEST(RetryingTransportTest, CountsTheTimeOfTheCallsThemselves) {
  ScriptedTransport next{kLost, kLost, kLost};
  Fixture f(next, {.budget = 180s});
  next.on_send = [&] { f.clock.Advance(60s); };
  const auto outcome = f.Send();  // 60 + 1 + 60 + 2 + 60 s, and then no time for 3 s more
  ASSERT_FALSE(outcome.has_value());
  EXPECT_THAT(outcome.error().message, EndsWith("Tried 3 times in 183 s."));
  EXPECT_EQ(next.left(), 0u);
}

struct ActedCase {
  const char* what;
  Error first, last;
  bool may_have_acted;
};

TEST(RetryingTransportTest, RemembersThatAnEarlierAttemptMayHaveActed) {
  const Error kTls{ErrorCode::kUnavailable, "No secure connection.", "tls", false};
  const ActedCase kCases[] = {
      {"sent, then not", kLost, kTls, true},
      {"never sent", kRefused, kTls, false},
  };
  for (const ActedCase& c : kCases) {
    ScriptedTransport next{c.first, c.last};
    Fixture f(next);
    const auto outcome = f.Send(Effect::kIdempotent);
    ASSERT_FALSE(outcome.has_value()) << c.what;
    EXPECT_EQ(outcome.error().reason, "tls") << c.what;
    EXPECT_EQ(outcome.error().may_have_acted, c.may_have_acted) << c.what;
  }
}

TEST(RetryingTransportTest, ACreateIsRepeatedOnlyWhenItNeverLeft) {
  ScriptedTransport next{kRefused, kLost};
  Fixture f(next);
  const auto outcome = f.Send(Effect::kCreates);
  EXPECT_EQ(outcome.error(), kLost);
  EXPECT_EQ(next.left(), 0u);
}

}  // namespace
}  // namespace tfcpp::rest
