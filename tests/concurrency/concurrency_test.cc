// What several threads share, without gRPC, curl and OpenSSL, whose insides ThreadSanitizer misjudges: this is what
// runs under it.
#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <memory>
#include <thread>
#include <vector>

#include "faults.h"
#include "rest/retrying_transport.h"
#include "tfcpp/base/clock.h"
#include "tfcpp/base/log.h"
#include "tfcpp/server/run.h"
#include "tfcpp/testing/fake_clock.h"
#include "tfcpp/value/value.h"

namespace tfcpp {
namespace {

constexpr int kThreads = 8;

void InParallel(const std::function<void(int)>& work) {
  std::vector<std::jthread> threads;
  for (int i = 0; i < kThreads; ++i) threads.emplace_back([&work, i] { work(i); });
}

TEST(ConcurrencyTest, OneOfManyReportsWhatIsMissing) {
  tfcpp::Run run;
  std::vector<Service> services;
  services.push_back({.name = "the store"});
  run.set_services(std::move(services));
  std::atomic<int> reports = 0;
  InParallel([&](int) {
    for (int i = 0; i < 100; ++i) reports += run.Claim(run.services()[0], Run::Topic::kDiagnostics) ? 1 : 0;
  });
  EXPECT_EQ(reports, 1);
}

TEST(ConcurrencyTest, StopEndsEveryWait) {
  tfcpp::Run run;
  SystemClock clock;
  std::atomic<int> waiting = 0;
  std::atomic<int> stopped = 0;
  InParallel([&](int i) {
    if (i == 0) {
      while (waiting < kThreads - 1) std::this_thread::yield();
      run.Stop();
    } else {
      ++waiting;
      stopped += clock.SleepFor(std::chrono::hours(1), run.stop_token()) ? 0 : 1;
    }
  });
  EXPECT_EQ(stopped, kThreads - 1);
}

// Refuses each caller's first two attempts.
class BusyTransport final : public rest::HttpTransport {
 public:
  Result<rest::HttpResponse> Send(const Context&, const rest::HttpRequest& request) override {
    ++sends_;
    thread_local int attempts = 0;
    const bool refuse = ++attempts % 3 != 0;
    return rest::HttpResponse{.status = refuse ? 429 : 200, .headers = {}, .body = request.body};
  }
  int sends() const { return sends_; }

 private:
  std::atomic<int> sends_ = 0;
};

TEST(ConcurrencyTest, CallsRetryBesideEachOther) {
  BusyTransport busy;
  test::FakeClock clock;
  NullLogger log;
  rest::RetryingTransport retrying(busy, clock, {.budget = std::chrono::hours(1000)}, [] { return 0.5; });
  InParallel([&](int) {
    for (int i = 0; i < 50; ++i) {
      const auto answer = retrying.Send({.stop = {}, .log = log}, {.body = "x"});
      ASSERT_TRUE(answer.has_value());
      EXPECT_EQ(answer->status, 200);
    }
  });
  EXPECT_EQ(busy.sends(), kThreads * 50 * 3);
}

TEST(ConcurrencyTest, ValuesAreSharedFreely) {
  const Value shared =
      Value::Object({{"events", Value::Set(Type::String(), {Value::String("b"), Value::String("a")})}});
  InParallel([&](int i) {
    for (int n = 0; n < 200; ++n) {
      const Value changed = shared.With("n", Value::Int(i));
      EXPECT_EQ(changed.Get("events"), shared.Get("events"));
      EXPECT_EQ(changed.Get("n").AsNumber().AsInt64(), i);
    }
  });
}

TEST(ConcurrencyTest, AFaultStrikesAsOftenAsAsked) {
  workspace::FaultBook faults;
  workspace::FaultRule rule;
  rule.operation = "create";
  rule.nth = 3;
  rule.times = 5;
  faults.Add(rule);
  std::atomic<int> strikes = 0;
  InParallel([&](int) {
    for (int i = 0; i < 100; ++i) strikes += faults.Next("POST", "/api/create", false).has_value() ? 1 : 0;
  });
  EXPECT_EQ(strikes, 5);
}

}  // namespace
}  // namespace tfcpp
