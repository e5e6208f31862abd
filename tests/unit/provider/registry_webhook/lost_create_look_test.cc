// The look for a create whose answer is lost: when a listing counts, how often it is made, and what a stop leaves of
// it.
#include <gmock/gmock.h>

#include <atomic>
#include <thread>

#include "provider/shared/lost_create.h"
#include "support/raw_server.h"
#include "unit/provider/registry_webhook/lost_create_fixture.h"

namespace mlflow {
namespace {

using namespace std::chrono_literals;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;
using tfcpp::rest::HttpRequest;
using tfcpp::rest::HttpResponse;

TEST_F(LostCreateTest, IsLookedForAfterAStopButNotTriedAgain) {
  const auto stop = [this] { stop_.request_stop(); };
  transport_.lose_answer = [&](const HttpRequest& request) {
    if (IsCreate(request)) stop();
    return IsCreate(request);
  };
  EXPECT_TRUE(Create(Asked()).has_value());
  transport_.lose_answer = nullptr;
  LoseBeforeActing(1);
  const auto failed = Create(Asked());
  ASSERT_FALSE(failed.has_value());
  EXPECT_THAT(failed.error().message, HasSubstr("stopped"));
  EXPECT_EQ(Count("POST create"), 2u);
}

TEST_F(LostCreateTest, ADoubtByTheDateIsOne) {
  transport_.lose_answer = IsCreate;
  transport_.tells_date = false;
  const auto undated = Create(Asked());
  ASSERT_FALSE(undated.has_value());
  EXPECT_THAT(undated.error().message, SaysThatItCannotTell("no Date header"));
  EXPECT_EQ(space_.webhooks().size(), 1u);
}

struct FailureCase {
  const char* what;
  tfcpp::Result<HttpResponse> outcome;
  bool is_refusal = false;
};

std::vector<FailureCase> Failures() {
  const auto status = [](int code, const char* body = "") {
    return HttpResponse{.status = code, .headers = {}, .body = body};
  };
  return {{"500", status(500)},
          {"503", status(503)},
          {"lost", tfcpp::Error{.code = tfcpp::ErrorCode::kUnavailable, .message = "lost", .reason = "lost"}},
          {"page", status(200, "<html>")},
          {"another form", status(200, R"({"result": []})")},
          {"an error as a success", status(200, R"({"webhooks": [], "error_code": "INTERNAL_ERROR"})")},
          {"403", status(403, R"({"error_code": "PERMISSION_DENIED"})"), true},
          {"401", status(401), true},
          {"400", status(400), true},
          {"a certificate",
           tfcpp::Error{.code = tfcpp::ErrorCode::kUnavailable, .message = "It is refused.", .reason = "tls"}, true}};
}

// Listings that fail are made again as long as there is patience; a refusal twice.
TEST_F(LostCreateTest, TheLookIsRepeated) {
  for (const FailureCase& c : Failures()) {
    for (const int failures : {1, 30, 1'000'000}) {
      space_.set_webhooks({});
      transport_.sent.clear();
      transport_.lose_answer = IsCreate;
      transport_.intercept = [&, left = failures](const HttpRequest& request) mutable -> Intercepted {
        if (IsCreate(request) || left-- <= 0) return std::nullopt;
        return c.outcome;
      };
      const auto began = clock_.Now();
      const auto created = Create(Asked());
      const bool heals = failures == 1 || (failures == 30 && !c.is_refusal);
      EXPECT_EQ(created.has_value(), heals) << c.what << " " << failures;
      EXPECT_EQ(space_.webhooks().size(), 1u) << c.what;
      EXPECT_EQ(Count("POST create"), 1u) << c.what;
      if (heals) continue;
      EXPECT_THAT(created.error().message,
                  AllOf(StartsWith("Do not apply again yet"), HasSubstr("to look for it failed")));
      const auto looked = clock_.Now() - began;
      if (c.is_refusal) {
        EXPECT_EQ(Count("GET list"), 2u) << c.what;
      } else {
        EXPECT_GE(looked, kPatience - 10s) << c.what;
        EXPECT_LE(looked, kPatience) << c.what;
      }
    }
  }
}

// A listing that was asked for before the answer was lost may lack the webhook.
TEST_F(LostCreateTest, OnlyAListingThatBeganLaterCounts) {
  Put("other", "m");
  tfcpp::test::Gate listing, lost;
  std::atomic<int> lists = 0;
  transport_.intercept = [&](const HttpRequest& request) -> Intercepted {
    if (IsCreate(request) || lists++ > 0) return std::nullopt;
    listing.Open();
    lost.Wait();
    return Said("{}");  // as it was then
  };
  transport_.lose_answer = [&](const HttpRequest& request) {
    if (IsCreate(request)) lost.Open();
    return IsCreate(request);
  };
  std::thread reader([&] { EXPECT_FALSE(Finds("x")); });
  listing.Wait();
  const auto created = Create(Asked());
  reader.join();
  ASSERT_TRUE(created.has_value()) << created.error().message;
  EXPECT_EQ(created->id, space_.webhooks().at(1).id);
  EXPECT_EQ(space_.webhooks().size(), 2u);
}

// Ctrl-C while it is looked for: what is under way ends, and one more listing is made, of at most 10 s.
TEST_F(LostCreateTest, AStopLeavesOneLookOfTenSeconds) {
  std::vector<std::chrono::milliseconds> limits;
  int lists = 0;
  const auto stop_at = [&](int at) {
    return [&, at](const HttpRequest& request) -> Intercepted {
      if (IsCreate(request)) return std::nullopt;
      limits.push_back(request.time_limit);
      if (++lists == at) {
        stop_.request_stop();
        return tfcpp::Error{.code = tfcpp::ErrorCode::kCancelled, .message = "stopped", .reason = "stopped"};
      }
      return lists < at ? Intercepted(HttpResponse{.status = 500, .headers = {}, .body = ""}) : std::nullopt;
    };
  };
  transport_.lose_answer = IsCreate;
  transport_.intercept = stop_at(3);
  EXPECT_TRUE(Create(Asked()).has_value());
  EXPECT_THAT(limits, ElementsAre(0ms, 0ms, 0ms, 10'000ms));
}

TEST_F(LostCreateTest, AListingWithoutEndEndsTenSecondsAfterAStop) {
  transport_.lose_answer = IsCreate;
  int pages = 0;
  transport_.intercept = [&](const HttpRequest& request) -> Intercepted {
    if (IsCreate(request)) return std::nullopt;
    stop_.request_stop();
    clock_.Advance(1s);
    return Said(R"({"webhooks": [], "next_page_token": ")" + std::to_string(++pages) + "\"}");
  };
  const auto failed = Create(Asked());
  ASSERT_FALSE(failed.has_value());
  EXPECT_THAT(failed.error().message, StartsWith("Do not apply again yet"));
  EXPECT_EQ(pages, 11);  // one before the stop is seen
  EXPECT_EQ(space_.webhooks().size(), 1u);
}

}  // namespace
}  // namespace mlflow
