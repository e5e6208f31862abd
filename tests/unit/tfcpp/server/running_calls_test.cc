// What a cancelled gRPC call does is in tests/conformance/stop_test.cc.
#include "tfcpp/server/running_calls.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <optional>
#include <thread>

namespace tfcpp {
namespace {

using namespace std::chrono_literals;

TEST(RunningCallsTest, AStopOfTheRunStopsItsCallsOnly) {
  RunningCalls calls;
  std::stop_source run;
  std::stop_source other_run;
  const RunningCalls::Call call(calls, nullptr, run.get_token());
  const RunningCalls::Call other(calls, nullptr, other_run.get_token());
  EXPECT_FALSE(call.stop_token().stop_requested());
  run.request_stop();
  EXPECT_TRUE(call.stop_token().stop_requested());
  EXPECT_FALSE(other.stop_token().stop_requested());
  EXPECT_TRUE(RunningCalls::Call(calls, nullptr, run.get_token()).stop_token().stop_requested());
}

TEST(RunningCallsTest, WaitsForTheLastOne) {
  RunningCalls calls;
  EXPECT_TRUE(calls.WaitUntilNone(0ms));
  std::optional<RunningCalls::Call> first(std::in_place, calls, nullptr, std::stop_token());
  std::optional<RunningCalls::Call> second(std::in_place, calls, nullptr, std::stop_token());
  EXPECT_FALSE(calls.WaitUntilNone(1ms));
  std::atomic<bool> ended = false;
  std::thread worker([&] {
    first.reset();
    ended = true;
    second.reset();
  });
  EXPECT_TRUE(calls.WaitUntilNone(1min));
  EXPECT_TRUE(ended);
  worker.join();
}

}  // namespace
}  // namespace tfcpp
