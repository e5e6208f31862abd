#include "tfcpp/base/clock.h"

#include <gtest/gtest.h>

#include <chrono>
#include <stop_token>
#include <thread>

namespace tfcpp {
namespace {

// Far longer than the test's own time limit: a wait that a stop does not end fails by that.
constexpr Clock::Duration kForever = std::chrono::hours(24);

TEST(SystemClock, AWaitThatNobodyStopsSucceeds) {
  SystemClock clock;
  EXPECT_TRUE(clock.SleepFor(Clock::Duration::zero(), std::stop_token()));
  std::stop_source source;
  EXPECT_TRUE(clock.SleepFor(Clock::Duration::zero(), source.get_token()));
}

TEST(SystemClock, DoesNotWaitWhenAlreadyStopped) {
  SystemClock clock;
  std::stop_source source;
  source.request_stop();
  EXPECT_FALSE(clock.SleepFor(kForever, source.get_token()));
  EXPECT_FALSE(clock.SleepFor(Clock::Duration::zero(), source.get_token()));
}

TEST(SystemClock, AStopFromAnotherThreadEndsTheWait) {
  SystemClock clock;
  std::stop_source source;
  std::jthread stopper([&source] { source.request_stop(); });
  EXPECT_FALSE(clock.SleepFor(kForever, source.get_token()));
}

}  // namespace
}  // namespace tfcpp
