#include "databricks/auth/token_cache.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

#include "support/raw_server.h"
#include "tfcpp/testing/fake_clock.h"

namespace tfcpp::databricks {
namespace {

using namespace std::chrono_literals;

class TokenCacheTest : public testing::Test {
 protected:
  Result<AccessToken> Fetch() {
    ++fetches;
    if (fails) return Error{.code = ErrorCode::kUnavailable, .message = "down"};
    AccessToken token{.value = Secret("t" + std::to_string(fetches.load()))};
    if (life > 0s) token.expiry = clock.WallNow() + life;
    return token;
  }
  std::string Get() {
    const auto token = cache.Get({{}, log});
    return token.has_value() ? token->value.Reveal() : token.error().message;
  }

  test::FakeClock clock;
  NullLogger log;
  std::chrono::seconds life{3600};
  bool fails = false;
  std::atomic<int> fetches{0};
  TokenCache cache{clock, [this](const Context&) { return Fetch(); }};
};

TEST_F(TokenCacheTest, RenewsInTheLastTwentyMinutes) {
  EXPECT_EQ(Get(), "t1");
  clock.Advance(39min);
  EXPECT_EQ(Get(), "t1");
  clock.Advance(2min);
  EXPECT_EQ(Get(), "t2");
}

TEST_F(TokenCacheTest, RenewsAShortTokenInItsLastHalf) {
  life = 10min;
  EXPECT_EQ(Get(), "t1");
  clock.Advance(4min);
  EXPECT_EQ(Get(), "t1");
  clock.Advance(2min);
  EXPECT_EQ(Get(), "t2");
}

TEST_F(TokenCacheTest, WithoutAnEndNothingIsRenewed) {
  life = 0s;
  EXPECT_EQ(Get(), "t1");
  clock.Advance(24h * 365);
  EXPECT_EQ(Get(), "t1");
}

TEST_F(TokenCacheTest, ATokenThatArrivesAtItsEndIsNotFetchedForEachCall) {
  for (const auto end : {Clock::WallTime(), clock.WallNow() - 24h, clock.WallNow()}) {
    int asked = 0;
    TokenCache odd(clock, [&](const Context&) -> Result<AccessToken> {
      return AccessToken{.value = Secret("t" + std::to_string(++asked)), .expiry = end};
    });
    for (int call = 0; call < 10; ++call) EXPECT_EQ(odd.Get({{}, log})->value.Reveal(), "t1");
    EXPECT_EQ(asked, 1);
    EXPECT_TRUE(odd.Invalidate("t1"));
    EXPECT_EQ(odd.Get({{}, log})->value.Reveal(), "t2");
  }
}

TEST_F(TokenCacheTest, AValidTokenSurvivesAFailedRenewal) {
  EXPECT_EQ(Get(), "t1");
  clock.Advance(45min);
  fails = true;
  EXPECT_EQ(Get(), "t1");
  EXPECT_EQ(Get(), "t1");
  EXPECT_EQ(fetches, 2);  // not again at once
  clock.Advance(61s);
  EXPECT_EQ(Get(), "t1");
  EXPECT_EQ(fetches, 3);
  clock.Advance(15min);
  EXPECT_EQ(Get(), "down");
  fails = false;
  EXPECT_EQ(Get(), "t5");
}

TEST_F(TokenCacheTest, OnlyTheRefusedTokenIsForgotten) {
  EXPECT_EQ(Get(), "t1");
  EXPECT_TRUE(cache.Invalidate("t1"));
  EXPECT_EQ(Get(), "t2");
  EXPECT_TRUE(cache.Invalidate("t1"));
  EXPECT_EQ(Get(), "t2");
}

TEST_F(TokenCacheTest, ConcurrentCallersShareOneFetch) {
  for (const bool fail : {true, false}) {
    fetches = 0;
    std::atomic<int> waiting{0};
    test::Gate gate;
    TokenCache slow(clock, [&](const Context&) -> Result<AccessToken> {
      ++fetches;
      gate.Wait();
      if (fail) return Error{.code = ErrorCode::kUnavailable, .message = "down"};
      return AccessToken{.value = Secret("t")};
    });
    std::vector<std::thread> threads;
    std::atomic<int> same{0};
    for (int i = 0; i < 8; ++i) {
      threads.emplace_back([&] {
        ++waiting;
        const auto token = slow.Get({{}, log});
        if (token.has_value() != fail) ++same;
      });
    }
    while (waiting < 8 || fetches == 0) std::this_thread::yield();
    gate.Open();
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(same, 8);
    if (!fail) {
      EXPECT_EQ(fetches, 1);
    }
  }
}

TEST_F(TokenCacheTest, ACallThatIsStoppedAloneDecidesForNobodyElse) {
  std::stop_source stop;
  std::atomic<int> calls{0};
  test::Gate begun;
  TokenCache slow(clock, [&](const Context& context) -> Result<AccessToken> {
    if (++calls > 1) return AccessToken{.value = Secret("t")};
    begun.Open();
    while (!context.stop.stop_requested()) std::this_thread::yield();
    return Error{.code = ErrorCode::kCancelled, .message = "stopped"};
  });
  std::thread stopped([&] { EXPECT_FALSE(slow.Get({stop.get_token(), log}).has_value()); });
  begun.Wait();
  std::thread other([&] { EXPECT_TRUE(slow.Get({{}, log}).has_value()); });
  stop.request_stop();
  stopped.join();
  other.join();
  EXPECT_EQ(calls, 2);
}

TEST_F(TokenCacheTest, WhileOneRenewsTheOthersGoOn) {
  life = 10min;
  test::Gate begun, end;
  bool block = false;
  TokenCache slow(clock, [&](const Context&) {
    if (block) {
      begun.Open();
      end.Wait();
    }
    return Fetch();
  });
  ASSERT_TRUE(slow.Get({{}, log}).has_value());
  clock.Advance(6min);
  block = true;
  std::thread renewing([&] { (void)slow.Get({{}, log}); });
  begun.Wait();
  EXPECT_EQ(slow.Get({{}, log})->value.Reveal(), "t1");
  end.Open();
  renewing.join();
  EXPECT_EQ(slow.Get({{}, log})->value.Reveal(), "t2");
}

}  // namespace
}  // namespace tfcpp::databricks
