// What reads cost, in requests exactly, and when a webhook is gone.
#include "provider/webhook/listings.h"

#include <gmock/gmock.h>

#include <atomic>
#include <thread>

#include "unit/provider/webhook/service_fixture.h"

namespace mlflow {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using tfcpp::http::HttpRequest;
using tfcpp::http::HttpResponse;
using Intercepted = std::optional<tfcpp::Result<HttpResponse>>;

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
    WebhookService service(api_, clock_);
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
      EXPECT_TRUE(service.Find(context_, {id, std::string("model-") + id}).value().has_value()) << message;
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
    WebhookService service(api_, clock_);
    for (const workspace::Webhook& webhook : space_.webhooks()) {
      EXPECT_TRUE(service.Find(context_, {webhook.id, webhook.model_name}).value().has_value()) << c.what;
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
  const auto created = service_.Create(context_, Asked());
  EXPECT_EQ(refresh(), 2u);
  tfcpp::databricks::RegistryWebhookInput changes;
  changes.description = "new";
  EXPECT_TRUE(service_.Update(context_, {created->id, ""}, changes).has_value());
  EXPECT_EQ(service_.Find(context_, {created->id, ""}).value()->description, "new");
  EXPECT_EQ(Lists(), 3u);
  EXPECT_TRUE(service_.Delete(context_, {"m", "m"}).value());
  EXPECT_FALSE(Finds("m", "m"));  // everything, and then the model's own listing for the verdict
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

TEST_F(ListingsTest, AListingThatKeepsChangingSaysNothing) {
  for (const char* id : {"a", "b", "c", "d"}) Put(id);
  SetPageSize(2);
  int lists = 0;
  transport_.lose_answer = [&](const HttpRequest&) {
    Put("new-" + std::to_string(++lists));
    return false;
  };
  const auto found = service_.Find(context_, {"x", ""});
  ASSERT_FALSE(found.has_value());
  EXPECT_THAT(found.error().message, HasSubstr("changed while it was read"));
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
