// How a scope is listed: within bounds, with pages as large as can be taken, and what is twice in it.
#include "provider/registry_webhook/listing.h"

#include <gmock/gmock.h>

#include "unit/provider/registry_webhook/service_fixture.h"

namespace mlflow {
namespace {

using namespace std::chrono_literals;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using tfcpp::rest::HttpRequest;
using tfcpp::rest::HttpResponse;
using Intercepted = std::optional<tfcpp::Result<HttpResponse>>;

constexpr char kEntry[] = R"({"id": "%", "events": ["A"], "http_url_spec": {"url": "https://x"}})";

std::string Entry(const std::string& id) { return std::string(kEntry).replace(std::string(kEntry).find('%'), 1, id); }

class ListingTest : public ServiceTest {
 protected:
  ListingTest() { transport_.token = "dapi"; }
  tfcpp::Result<Listing> List(const ListingBounds& bounds = {}) {
    return ListAnew(context_, api_, clock_, bounds, kWorkspaceScope);
  }
  // One answer for each call; the last for all that follow.
  void Answer(std::vector<std::string> bodies) {
    transport_.intercept = [bodies, at = 0u](const HttpRequest&) mutable -> Intercepted {
      return Said(bodies[std::min<std::size_t>(at++, bodies.size() - 1)]);
    };
    transport_.sent.clear();
  }
  // Pages with new tokens, each with `entries`, for ever.
  void AnswerWithoutEnd(int entries, std::chrono::milliseconds each = 0ms) {
    transport_.intercept = [this, entries, each, page = 0](const HttpRequest&) mutable -> Intercepted {
      clock_.Advance(each);
      std::vector<std::string> webhooks;
      for (int i = 0; i < entries; ++i) webhooks.push_back(Entry(std::to_string(page * entries + i)));
      return Said(tfcpp::Concat(R"({"webhooks": [)", tfcpp::Join(webhooks, ","), R"(], "next_page_token": "t)",
                                std::to_string(++page), "\"}"));
    };
    transport_.sent.clear();
  }
};

TEST_F(ListingTest, WithoutEndItEndsAtItsBounds) {
  AnswerWithoutEnd(0);
  EXPECT_THAT(List().error().message, HasSubstr("goes on after 10000 pages"));
  EXPECT_EQ(transport_.sent.size(), 10'000u);
  AnswerWithoutEnd(1000);
  EXPECT_THAT(List().error().message, HasSubstr("goes on after 100000 webhooks"));
  EXPECT_EQ(transport_.sent.size(), 100u);
  AnswerWithoutEnd(0, 1s);
  EXPECT_THAT(List().error().message, HasSubstr("goes on after 300 s (retry_timeout_seconds)"));
  EXPECT_EQ(transport_.sent.size(), 300u);
  AnswerWithoutEnd(10);
  EXPECT_THAT(List({.bytes = 5'000}).error().message, HasSubstr("goes on after 5000 bytes"));
  EXPECT_LT(transport_.sent.size(), 10u);
}

TEST_F(ListingTest, ExactlyItsBoundsAreWhole) {
  for (const char* id : {"a", "b", "c", "d"}) Put(id);
  space_.set_settings({.page_size = 2});
  EXPECT_EQ(List({.webhooks = 4, .pages = 2})->webhooks.size(), 4u);
}

TEST_F(ListingTest, AStopEndsItBetweenPages) {
  int pages = 0;
  transport_.intercept = [&](const HttpRequest&) -> Intercepted {
    if (++pages == 3) stop_.request_stop();
    return Said(R"({"next_page_token": ")" + std::to_string(pages) + "\"}");
  };
  const auto listing = List();
  EXPECT_EQ(listing.error().code, tfcpp::ErrorCode::kCancelled);
  EXPECT_EQ(pages, 3);
}

// A page that is too large is asked for again with half as many results, down to one.
TEST_F(ListingTest, APageThatIsTooLargeIsHalved) {
  for (int i = 0; i < 20; ++i) Put("w" + std::to_string(i));
  std::vector<std::string> asked;
  std::size_t room = 5;
  transport_.intercept = [&](const HttpRequest& request) -> Intercepted {
    const std::size_t at = request.url.find("max_results=") + 12;
    asked.push_back(request.url.substr(at, request.url.find('&', at) - at));
    if (std::stoul(asked.back()) <= room) return std::nullopt;
    return tfcpp::Error{.code = tfcpp::ErrorCode::kMalformed, .message = "too large", .reason = "too_large"};
  };
  EXPECT_EQ(List()->webhooks.size(), 20u);
  EXPECT_THAT(std::vector(asked.begin(), asked.begin() + 9),
              ElementsAre("1000", "500", "250", "125", "62", "31", "15", "7", "3"));
  EXPECT_EQ(std::count(asked.begin(), asked.end(), "3"), 7);  // and so the other pages
  room = 0;
  asked.clear();
  EXPECT_EQ(List().error().reason, "too_large");
  EXPECT_EQ(asked.back(), "1");
  EXPECT_EQ(std::count(asked.begin(), asked.end(), "1"), 1);
}

TEST_F(ListingTest, WithEqualContentsTwiceIsOnce) {
  Answer({R"({"webhooks": [)" + Entry("7") + "," + Entry("7") + R"(], "next_page_token": "t"})",
          R"({"webhooks": [)" + Entry("7") + "," + Entry("8") + "]}"});
  const auto listing = List();
  EXPECT_EQ(listing->webhooks.size(), 2u);
  EXPECT_TRUE(listing->misfits.empty());
  EXPECT_EQ(transport_.sent.size(), 2u);
}

TEST_F(ListingTest, WithDifferentContentsTwiceItIsMadeOnceMore) {
  const std::string other = R"({"id": "7", "events": ["B"], "http_url_spec": {"url": "https://x"}})";
  const std::string odd = R"({"id": "7", "events": ["A"], "http_url_spec": 7})";
  const std::string odder = R"({"id": "7", "events": 7})";
  const std::pair<std::string, std::string> kPairs[] = {
      {Entry("7"), other}, {Entry("7"), odd}, {odd, Entry("7")}, {odd, odder}};
  for (const auto& [one, two] : kPairs) {
    const std::string torn = R"({"webhooks": [)" + one + "," + Entry("8") + "," + two + "]}";
    Answer({torn, R"({"webhooks": [)" + Entry("7") + "]}"});
    EXPECT_NE(List()->Find("7").value(), nullptr) << two;
    EXPECT_EQ(transport_.sent.size(), 2u);
    Answer({torn});
    const auto listing = List();
    EXPECT_EQ(transport_.sent.size(), 2u);
    EXPECT_THAT(listing->Find("7").error().message, AllOf(HasSubstr("webhook 7"), HasSubstr("more than once"))) << two;
    EXPECT_NE(listing->Find("8").value(), nullptr) << two;
  }
  // Whatever comes third.
  Answer({R"({"webhooks": [)" + Entry("7") + "," + other + "," + Entry("7") + "]}"});
  EXPECT_FALSE(List()->Find("7").has_value());
}

TEST_F(ListingTest, AnEntryWithoutAnIdMakesGoneUnprovable) {
  Answer({R"({"webhooks": [{"id": 7}, )" + Entry("8") + R"(, {"id": "9"}]})"});
  const auto listing = List();
  EXPECT_NE(listing->Find("8").value(), nullptr);
  EXPECT_THAT(listing->Find("9").error().message, HasSubstr("events is missing"));
  EXPECT_THAT(listing->Find("10").error().message, AllOf(HasSubstr("id is no text"), HasSubstr("not known")));
}

}  // namespace
}  // namespace mlflow
