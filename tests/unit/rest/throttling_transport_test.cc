#include "rest/throttling_transport.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/scripted_transport.h"
#include "tfcpp/testing/fake_clock.h"

namespace tfcpp::rest {
namespace {

using namespace std::chrono_literals;
using test::Answer;
using test::FakeClock;
using test::ScriptedTransport;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

struct Fixture {
  Fixture(ScriptedTransport& next, double calls_per_second) : transport(next, clock, calls_per_second) {}
  Result<HttpResponse> Send(bool finishing = false) {
    return transport.Send({stop.get_token(), log, finishing}, {.url = "u", .effect = Effect::kCreates});
  }
  FakeClock clock;
  NullLogger log;
  std::stop_source stop;
  ThrottlingTransport transport;
};

TEST(ThrottlingTransportTest, IsFreeByDefault) {
  ScriptedTransport next{Answer(200), Answer(500), Answer(200)};
  Fixture f(next, 0);
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(f.Send().has_value());
  EXPECT_THAT(f.clock.sleeps(), IsEmpty());
}

TEST(ThrottlingTransportTest, KeepsAFixedCap) {
  ScriptedTransport next{Answer(200), Answer(200), Answer(200)};
  Fixture f(next, 4);
  (void)f.Send();
  f.clock.Advance(100ms);
  (void)f.Send();
  f.clock.Advance(300ms);
  (void)f.Send();
  EXPECT_THAT(f.clock.sleeps(), ElementsAre(150ms));
}

TEST(ThrottlingTransportTest, ACapMayBeLessThanOneCallASecond) {
  ScriptedTransport next{Answer(200), Answer(200)};
  Fixture f(next, 0.4);
  (void)f.Send();
  (void)f.Send();
  EXPECT_THAT(f.clock.sleeps(), ElementsAre(2500ms));
}

TEST(ThrottlingTransportTest, SlowsDownOnRefusalsAndSpeedsUpAgain) {
  ScriptedTransport next{Answer(429), Answer(429), Answer(200), Answer(200), Answer(200)};
  Fixture f(next, 0);
  for (int i = 0; i < 5; ++i) EXPECT_TRUE(f.Send().has_value());
  EXPECT_THAT(f.clock.sleeps(), ElementsAre(100ms, 200ms, 200ms, 180ms));
}

TEST(ThrottlingTransportTest, IsFreeAgainInTheEnd) {
  ScriptedTransport next{};
  Fixture f(next, 0);
  const auto send = [&](int status) {
    ScriptedTransport one{Answer(status)};
    std::swap(next, one);
    (void)f.Send();
  };
  send(429);
  for (int i = 0; i < 30; ++i) send(200);
  const auto sleeps = f.clock.sleeps().size();
  EXPECT_LT(sleeps, 30u);
  send(200);
  EXPECT_EQ(f.clock.sleeps().size(), sleeps);
}

// Ten calls at once are refused: one slow-down, not ten.
TEST(ThrottlingTransportTest, RefusalsOfOneBurstCountOnce) {
  ScriptedTransport next{Answer(429), Answer(429), Answer(200)};
  Fixture f(next, 0);
  bool nested = false;
  next.on_send = [&] {
    if (std::exchange(nested, true)) return;
    (void)f.Send();  // sent while the first waits for its answer; both are refused
  };
  (void)f.Send();
  (void)f.Send();
  EXPECT_THAT(f.clock.sleeps(), ElementsAre(100ms));
}

TEST(ThrottlingTransportTest, AStopEndsTheWaiting) {
  ScriptedTransport next{Answer(429), Answer(200)};
  Fixture f(next, 0);
  (void)f.Send();
  f.stop.request_stop();
  const auto stopped = f.Send();
  ASSERT_FALSE(stopped.has_value());
  EXPECT_EQ(stopped.error().code, ErrorCode::kCancelled);
  EXPECT_FALSE(stopped.error().may_have_acted);
  EXPECT_EQ(next.requests.size(), 1u);
  EXPECT_TRUE(f.Send(/*finishing=*/true).has_value());
}

}  // namespace
}  // namespace tfcpp::rest
