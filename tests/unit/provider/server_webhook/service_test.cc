// Creates whose answers are lost, and listings of several pages.
#include "provider/server_webhook/service.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <string>
#include <vector>

#include "provider/server_client.h"
#include "unit/provider/server_webhook/server_in_process.h"

namespace mlflow {
namespace {

using ::testing::HasSubstr;
using tfcpp::ResourceOutput;
using tfcpp::Value;
using tfcpp::rest::Method;

class ServerLostCreateTest : public ServerInProcess {
 protected:
  ServerLostCreateTest() { Configure(kServer); }
  std::size_t Posts() const {
    return static_cast<std::size_t>(
        std::count_if(transport_->requests.begin(), transport_->requests.end(),
                      [](const HttpRequest& request) { return request.method == Method::kPost; }));
  }
};

// Whatever broke the answer, the webhook of the listing is the one.
TEST_F(ServerLostCreateTest, IsFoundWhateverLostTheAnswer) {
  const Answer kLost[] = {Lost(),
                          Page(500),
                          Page(502),
                          Refused(503, "TEMPORARILY_UNAVAILABLE", "database is locked"),
                          Refused(500, "INTERNAL_ERROR", ""),
                          Said(200, "{"),
                          Said(200, "{}"),
                          Page(200)};
  for (const Answer& lost : kLost) {
    Configure(kServer);
    answer_ = [&](const HttpRequest& request) -> Answer {
      if (request.url.ends_with("/version")) return Said(200, "3.17.2", "text/html");
      return IsListing(request) ? Lists({Webhook("9"), Webhook("8", R"("name": "other")")}) : lost;
    };
    const ResourceOutput created = Create(ServerConfig(kPlain));
    EXPECT_EQ(Summaries(created.diagnostics), "") << Told(created.diagnostics);
    EXPECT_EQ(created.state.Get("id"), Value::String("9"));
    EXPECT_EQ(Posts(), 1U);
  }
}

TEST_F(ServerLostCreateTest, IsTriedOnceMoreWhereItIsNotThere) {
  answer_ = [](const HttpRequest& request) -> Answer { return IsListing(request) ? Lists({}) : Lost(); };
  EXPECT_TRUE(Create(ServerConfig(kPlain)).diagnostics.has_error());
  EXPECT_EQ(Posts(), 2U);
}

// The server answers an event that it does not know with a page, each time.
TEST_F(ServerLostCreateTest, IsNotTriedOnceMoreWithAnEventThatTheServerMayNotKnow) {
  answer_ = [](const HttpRequest& request) -> Answer {
    if (request.url.ends_with("/version")) return Said(200, "9.9.9", "text/html");
    return IsListing(request) ? Lists({}) : Page(500);
  };
  const ResourceOutput created = Create(
      ServerConfig(kPlain).With("events", Value::Set(tfcpp::Type::String(), {Value::String("newer_thing.happened")})));
  EXPECT_TRUE(created.diagnostics.has_error());
  EXPECT_THAT(Told(created.diagnostics), HasSubstr("newer_thing.happened"));
  EXPECT_EQ(Posts(), 1U);
}

TEST_F(ServerLostCreateTest, TwoThatEqualItAreLeftAlone) {
  answer_ = [](const HttpRequest& request) -> Answer {
    return IsListing(request) ? Lists({Webhook("8"), Webhook("9")}) : Lost();
  };
  const ResourceOutput created = Create(ServerConfig(kPlain));
  EXPECT_THAT(Told(created.diagnostics), HasSubstr("Do not apply again yet"));
  EXPECT_EQ(Posts(), 1U);
}

class ServerListingTest : public ServerInProcess {
 protected:
  // What each page that is asked for answers, in turn; the last one for ever.
  tfcpp::Result<ServerListing> List(std::vector<HttpResponse> pages) {
    asked_ = 0;
    answer_ = [this, pages = std::move(pages)](const HttpRequest&) {
      return pages[std::min(asked_++, pages.size() - 1)];
    };
    ServerClient client(
        {.tracking_uri = kServer}, [](std::string_view) { return std::nullopt; }, "agent", clock_, [] { return 0.0; },
        [this](const tfcpp::rest::CurlOptions&) -> std::unique_ptr<tfcpp::rest::HttpTransport> {
          return std::make_unique<tfcpp::test::AnsweringTransport>(
              [this](const HttpRequest& request) { return answer_(request); });
        },
        ServerWebhookMembers());
    ServerWebhookService service(client.api(), clock_, std::chrono::seconds(300));
    return service.List(context_, "");
  }
  std::size_t asked_ = 0;
};

TEST_F(ServerListingTest, OnePageIsBelieved) {
  EXPECT_EQ(List({Lists({Webhook("8"), Webhook("9")})})->webhooks.size(), 2U);
  EXPECT_EQ(asked_, 1U);
  EXPECT_EQ(List({Said(200, "{}")})->size(), 0U);
}

TEST_F(ServerListingTest, SeveralPagesAreBelievedWhenTwoPassesAgree) {
  const HttpResponse first = Lists({Webhook("8")}, "t");
  EXPECT_EQ(List({first, Lists({Webhook("9")}), first, Lists({Webhook("9")})})->webhooks.size(), 2U);
  EXPECT_EQ(asked_, 4U);
  // A delete between two pages has hidden 9.
  EXPECT_EQ(List({first, Lists({}), first, Lists({Webhook("9")}), first, Lists({Webhook("9")})})->webhooks.size(), 2U);
  EXPECT_EQ(asked_, 6U);
}

TEST_F(ServerListingTest, OneThatNeverSettlesIsAnError) {
  std::vector<HttpResponse> pages;
  for (int pass = 0; pass < 5; ++pass) {
    pages.push_back(Lists({Webhook("8")}, "t"));
    pages.push_back(Lists({Webhook(std::to_string(pass))}));
  }
  EXPECT_FALSE(List(pages).has_value());
  EXPECT_EQ(asked_, 8U);
}

TEST_F(ServerListingTest, OneThatComesBackToAPageIsAnError) {
  const auto listing = List({Lists({Webhook("8")}, "t")});
  ASSERT_FALSE(listing.has_value());
  EXPECT_THAT(listing.error().message, HasSubstr("has no end"));
  EXPECT_EQ(asked_, 2U);
}

TEST_F(ServerListingTest, WhatCannotBeReadIsApart) {
  const auto listing = List({Lists({Webhook("8"), R"({"webhook_id": "9"})", "7"})});
  EXPECT_EQ(listing->webhooks.size(), 1U);
  EXPECT_EQ(listing->misfits.size(), 1U);
  EXPECT_EQ(listing->nameless.size(), 1U);
  EXPECT_FALSE(listing->Find("9").has_value());
}

}  // namespace
}  // namespace mlflow
