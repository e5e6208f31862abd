// What reads cost, in requests exactly, and when a webhook is gone.
#include "provider/registry_webhook/listings.h"

#include <gmock/gmock.h>

#include <atomic>
#include <thread>

#include "support/raw_server.h"
#include "unit/provider/registry_webhook/service_fixture.h"

namespace mlflow {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using tfcpp::rest::HttpRequest;
using tfcpp::rest::HttpResponse;

class ListingsTest : public ServiceTest {
 protected:
  ListingsTest() { transport_.token = "dapi"; }
  void SetPageSize(std::size_t size) {
    workspace::Settings settings = space_.settings();
    settings.page_size = size;
    space_.set_settings(settings);
  }
  // Reads all webhooks there as Terraform's refresh does.
  void RefreshAll() {
    constexpr std::size_t kParallelism = 10;
    const auto webhooks = space_.webhooks();
    std::atomic<std::size_t> next = 0;
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < kParallelism; ++i) {
      threads.emplace_back([&] {
        for (std::size_t at = next++; at < webhooks.size(); at = next++) {
          EXPECT_TRUE(Finds(webhooks[at].id, webhooks[at].model_name));
        }
      });
    }
    for (std::thread& thread : threads) thread.join();
  }
  std::size_t Lists() const { return Count("GET list"); }
};

// Who is kept out now is let in later, and may well list everything then.
TEST_F(ListingsTest, ARefusedTokenIsNoLackOfRights) {
  for (const char* message : {"Invalid access token.", "Unauthorized access to Org: 1",
                              "Source IP address: 1.2.3.4 is blocked by Databricks IP ACL for workspace: 1"}) {
    space_.set_webhooks({});
    for (const char* id : {"a", "b", "c"}) Put(id, std::string("model-") + id);
    WebhookService service(api_, clock_, kPatience);
    EXPECT_TRUE(service.Find(context_, {"a", "model-a"}).has_value());
    transport_.intercept = [&](const HttpRequest&) -> Intercepted {
      return HttpResponse{
          .status = 403, .headers = {}, .body = std::string(R"({"error_code": 403, "message": ")") + message + "\"}"};
    };
    const auto refused = service.Find(context_, {"b", "model-b"});
    ASSERT_FALSE(refused.has_value()) << message;
    EXPECT_EQ(refused.error().code, tfcpp::ErrorCode::kUnauthenticated) << message;
    EXPECT_EQ(ListingAdvice(refused.error(), ""), "") << message;
    transport_.intercept = nullptr;
    transport_.sent.clear();
    for (const char* id : {"b", "c"}) {
      EXPECT_TRUE(service.Find(context_, {id, std::string("model-") + id})->webhook.has_value()) << message;
    }
    EXPECT_EQ(Lists(), 1u) << message;
  }
}

struct CostCase {
  const char* what;
  int registry_wide, models, of_each_model;
  std::size_t page_size;
  bool admin;
  std::size_t lists;
};

TEST_F(ListingsTest, ARefreshCostsThePagesOfOneListing) {
  const CostCase kCases[] = {
      {"one page", 95, 0, 0, 1000, true, 1},
      {"ten pages", 95, 0, 0, 10, true, 10},
      {"exactly full pages", 100, 0, 0, 10, true, 10},
      {"one model", 0, 1, 30, 10, true, 3},
      {"a model of somebody who is no admin", 0, 1, 30, 10, false, 3},
      {"models: one by itself, then everything", 0, 20, 2, 1000, true, 2},
      {"models, everything refused once", 0, 20, 2, 1000, false, 21},
  };
  for (const CostCase& c : kCases) {
    space_.set_webhooks({});
    workspace::User user{.admin = c.admin};
    for (int i = 0; i < c.registry_wide; ++i) Put("r" + std::to_string(i));
    for (int m = 0; m < c.models; ++m) {
      const std::string model = "m" + std::to_string(m);
      user.models.insert(model);
      for (int i = 0; i < c.of_each_model; ++i) Put(model + "-" + std::to_string(i), model);
    }
    space_.set_settings({.page_size = c.page_size, .users = {{"dapi", user}}});
    transport_.sent.clear();
    WebhookService service(api_, clock_, kPatience);
    for (const workspace::Webhook& webhook : space_.webhooks()) {
      EXPECT_TRUE(service.Find(context_, {webhook.id, webhook.model_name}).value().webhook.has_value()) << c.what;
    }
    EXPECT_EQ(Lists(), c.lists) << c.what;
  }
}

TEST_F(ListingsTest, ParallelReadsShareIt) {
  for (int i = 0; i < 100; ++i) Put("r" + std::to_string(i));
  SetPageSize(10);
  RefreshAll();
  EXPECT_EQ(Lists(), 10u);
}

TEST_F(ListingsTest, RegistryWideAndModelsShareEverything) {
  Put("r");
  for (int m = 0; m < 20; ++m) Put("w" + std::to_string(m), "m" + std::to_string(m));
  RefreshAll();
  EXPECT_LE(Lists(), 2u);  // 2 when a model's read comes first
}

TEST_F(ListingsTest, IsGoodForTenSeconds) {
  Put("a");
  EXPECT_TRUE(Finds("a"));
  clock_.Advance(10s);
  EXPECT_TRUE(Finds("a"));
  EXPECT_EQ(Lists(), 1u);
  clock_.Advance(1ms);
  EXPECT_TRUE(Finds("a"));
  EXPECT_EQ(Lists(), 2u);
}

TEST_F(ListingsTest, EndsWithAWriteInItsScope) {
  Put("r");
  Put("m", "m");
  const auto refresh = [&] {
    EXPECT_TRUE(Finds("r"));
    EXPECT_TRUE(Finds("m", "m"));
    return Lists();
  };
  EXPECT_EQ(refresh(), 1u);
  const auto created = Create(Asked());
  EXPECT_EQ(refresh(), 2u);
  EXPECT_TRUE(service_.Update(context_, {created->id, ""}, {{"description", tfcpp::Json::String("new")}}).has_value());
  EXPECT_EQ(service_.Find(context_, {created->id, ""}).value().webhook->description, "new");
  EXPECT_EQ(Lists(), 3u);
  EXPECT_TRUE(service_.Delete(context_, {"m", "m"}).value());
  EXPECT_FALSE(Finds("m", "m"));  // everything, and the model's own listing
  EXPECT_EQ(Lists(), 5u);
}

TEST_F(ListingsTest, AnErrorIsNotKept) {
  Put("a");
  int failures = 1;
  transport_.intercept = [&](const HttpRequest&) -> Intercepted {
    if (failures-- <= 0) return std::nullopt;
    return Lost();
  };
  EXPECT_FALSE(service_.Find(context_, {"a", ""}).has_value());
  EXPECT_TRUE(Finds("a"));
}

// The client cancelled one call, and not the run.
TEST_F(ListingsTest, AReadThatIsStoppedAloneStopsNoOther) {
  Put("a");
  std::atomic<int> calls = 0;
  transport_.intercept = [&](const HttpRequest&) -> Intercepted {
    if (++calls > 1) return std::nullopt;
    while (!stop_.stop_requested()) std::this_thread::yield();
    return tfcpp::Error{.code = tfcpp::ErrorCode::kCancelled, .message = "stopped", .reason = "stopped"};
  };
  std::thread stopped([&] { EXPECT_FALSE(service_.Find(context_, {"a", ""}).has_value()); });
  while (calls == 0) std::this_thread::yield();
  std::thread other([&] { EXPECT_TRUE(service_.Find({.stop = {}, .log = log_}, {"a", ""}).has_value()); });
  stop_.request_stop();
  stopped.join();
  other.join();
  EXPECT_EQ(calls, 2);
}

TEST_F(ListingsTest, AModelThatIsGoneTakesItsWebhooksAlong) {
  space_.set_settings({.models = std::set<std::string, std::less<>>{}});
  EXPECT_FALSE(Finds("a", "gone"));
}

// The service counts pages by offset: after a deletion in the first page, the second passes over a webhook.
TEST_F(ListingsTest, AWebhookThatSlipsBetweenTwoPagesIsNotGone) {
  for (const char* id : {"a", "b", "c", "d"}) Put(id);
  SetPageSize(2);
  bool first = true;
  transport_.lose_answer = [&](const HttpRequest&) {
    if (std::exchange(first, false)) space_.Remove("a");
    return false;
  };
  EXPECT_TRUE(Finds("c"));
  EXPECT_EQ(Lists(), 4u);
}

TEST_F(ListingsTest, GoneNeedsTwoListingsThatAgreeWhereThereArePages) {
  for (const char* id : {"a", "b", "c", "d"}) Put(id);
  SetPageSize(2);
  EXPECT_FALSE(Finds("x"));
  EXPECT_EQ(Lists(), 4u);
  EXPECT_FALSE(Finds("y"));  // the second listing is confirmed for all
  EXPECT_EQ(Lists(), 4u);
}

// What is added hides nothing: only a deletion makes the pages after it begin too late.
TEST_F(ListingsTest, AListingThatKeepsLosingWebhooksSaysNothing) {
  for (const char* id : {"a", "b", "c", "d", "e", "f", "g"}) Put(id);
  SetPageSize(2);
  transport_.lose_answer = [&](const HttpRequest&) {
    space_.Remove(space_.webhooks().front().id);
    return false;
  };
  const auto found = service_.Find(context_, {"x", ""});
  ASSERT_FALSE(found.has_value());
  EXPECT_THAT(found.error().message, HasSubstr("changed while it was read"));
}

TEST_F(ListingsTest, WebhooksThatAreAddedMeanwhileHideNothing) {
  for (const char* id : {"a", "b", "c", "d"}) Put(id);
  SetPageSize(2);
  int lists = 0;
  transport_.lose_answer = [&](const HttpRequest&) {
    Put("new-" + std::to_string(++lists));
    return false;
  };
  EXPECT_FALSE(Finds("x"));
  EXPECT_TRUE(Finds("d"));
}

// As lost creates do, each of which wants one that began after its answer was lost.
TEST_F(ListingsTest, WhoWantsOneThatBeganAfterAWriteSharesItToo) {
  Put("a");
  Listings listings(api_, clock_, {});
  std::uint64_t last = 0;
  for (int i = 0; i < 10; ++i) last = listings.Wrote();
  std::vector<std::jthread> threads;
  for (std::uint64_t writes = 1; writes <= last; ++writes) {
    threads.emplace_back([&, writes] { EXPECT_TRUE(listings.Get(context_, "", {.writes = writes}).has_value()); });
  }
  threads.clear();
  EXPECT_EQ(Lists(), 1u);
  EXPECT_TRUE(listings.Get(context_, "", {.writes = listings.Wrote()}).has_value());
  EXPECT_EQ(Lists(), 2u);
}

// Each has a stop of its own: another's ends only its own listing.
TEST_F(ListingsTest, WhoWaitsForAListingThatIsStoppedMakesHisOwn) {
  Put("a");
  tfcpp::test::Gate listing, waited;
  std::stop_source other_stop;
  std::atomic<int> lists = 0;
  transport_.intercept = [&](const HttpRequest&) -> Intercepted {
    if (lists++ > 0) return std::nullopt;
    listing.Open();
    waited.Wait();
    return tfcpp::Error{.code = tfcpp::ErrorCode::kCancelled, .message = "stopped", .reason = "stopped"};
  };
  std::thread stopped(
      [&] { EXPECT_FALSE(service_.Find({.stop = other_stop.get_token(), .log = log_}, {.id = "a"}).has_value()); });
  listing.Wait();
  std::thread other([&] { EXPECT_TRUE(Finds("a")); });
  waited.Open();
  stopped.join();
  other.join();
}

TEST_F(ListingsTest, AStopEndsTheWaitForAnothersListing) {
  Put("a");
  tfcpp::test::Gate listing, ended;
  transport_.intercept = [&](const HttpRequest&) -> Intercepted {
    listing.Open();
    ended.Wait();
    return std::nullopt;
  };
  std::thread other([&] { EXPECT_TRUE(Finds("a")); });
  listing.Wait();
  std::stop_source stop;
  stop.request_stop();
  const auto found = service_.Find({.stop = stop.get_token(), .log = log_}, {.id = "a"});
  EXPECT_EQ(found.error().code, tfcpp::ErrorCode::kCancelled);
  ended.Open();
  other.join();
}

TEST_F(ListingsTest, ARepeatedPageTokenIsAnError) {
  Put("a");
  transport_.intercept = [](const HttpRequest&) -> Intercepted {
    return HttpResponse{.status = 200, .headers = {}, .body = R"({"webhooks": [], "next_page_token": "p"})"};
  };
  EXPECT_THAT(service_.Find(context_, {"x", ""}).error().message, HasSubstr("no end"));
}

}  // namespace
}  // namespace mlflow
