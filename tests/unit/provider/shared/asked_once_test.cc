// Questions to a service that many ask at a time.
#include "provider/shared/asked_once.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <latch>
#include <new>
#include <string>
#include <thread>
#include <vector>

#include "tfcpp/testing/fake_clock.h"

namespace mlflow {
namespace {

using namespace std::chrono_literals;
using tfcpp::Context;
using tfcpp::Error;
using tfcpp::ErrorCode;
using tfcpp::Result;

class AskedOnceTest : public ::testing::Test {
 protected:
  Result<bool> Ask(const std::string& about, Result<bool> answer) {
    return asked_.Ask(context_, about, [&](const Context&) {
      ++questions_;
      return answer;
    });
  }

  tfcpp::test::FakeClock clock_;
  tfcpp::NullLogger log_;
  std::stop_source stop_;
  Context context_{.stop = stop_.get_token(), .log = log_};
  AskedOnce asked_{clock_, 10s};
  std::atomic<int> questions_ = 0;
};

TEST_F(AskedOnceTest, AnAnswerHoldsForAWhileAndAnErrorDoesNot) {
  const Error error{.code = ErrorCode::kUnavailable, .message = "m"};
  EXPECT_FALSE(Ask("a", error).has_value());
  EXPECT_TRUE(Ask("a", true).value());
  EXPECT_EQ(questions_, 2);
  clock_.Advance(10s);
  EXPECT_TRUE(Ask("a", false).value());
  EXPECT_EQ(questions_, 2);
  EXPECT_FALSE(Ask("b", false).value());  // another question
  EXPECT_EQ(questions_, 3);
  clock_.Advance(1ms);
  EXPECT_FALSE(Ask("a", false).value());
  EXPECT_EQ(questions_, 4);
}

// All that come while one asks wait for its answer, also for an error.
TEST_F(AskedOnceTest, OneAsksForAll) {
  for (const bool fails : {false, true}) {
    questions_ = 0;
    const std::string about = fails ? "fails" : "works";
    constexpr int kOthers = 4;
    std::latch asking(1), go_on(1);
    std::atomic<int> answers = 0;
    std::vector<std::jthread> threads;
    const auto question = [&](const Context&) -> Result<bool> {
      if (++questions_ == 1) {
        asking.count_down();
        go_on.wait();
      }
      if (fails) return Error{.code = ErrorCode::kUnavailable, .message = "m"};
      return true;
    };
    const auto ask = [&] { answers += asked_.Ask(context_, about, question).has_value() ? 1 : 100; };
    threads.emplace_back(ask);
    asking.wait();
    for (int i = 0; i < kOthers; ++i) threads.emplace_back(ask);
    go_on.count_down();
    threads.clear();
    // Who comes late may find an error that does not hold, and asks by itself.
    if (!fails) {
      EXPECT_EQ(questions_, 1);
    }
    EXPECT_EQ(answers, (kOthers + 1) * (fails ? 100 : 1));
  }
}

TEST_F(AskedOnceTest, AStopEndsTheWait) {
  std::latch asking(1), go_on(1);
  std::jthread first([&] {
    tfcpp::NullLogger log;
    EXPECT_TRUE(asked_
                    .Ask({.stop = {}, .log = log}, "a",
                         [&](const Context&) -> Result<bool> {
                           asking.count_down();
                           go_on.wait();
                           return true;
                         })
                    .has_value());
  });
  asking.wait();
  stop_.request_stop();
  EXPECT_EQ(Ask("a", true).error().code, ErrorCode::kCancelled);
  go_on.count_down();
}

TEST_F(AskedOnceTest, AQuestionThatThrowsLeavesNobodyWaiting) {
  EXPECT_THROW((void)asked_.Ask(context_, "a", [](const Context&) -> Result<bool> { throw std::bad_alloc(); }),
               std::bad_alloc);
  EXPECT_TRUE(Ask("a", true).value());
}

}  // namespace
}  // namespace mlflow
