// Creates whose answer is lost: nothing doubled, nothing of somebody else's adopted.
#include "provider/shared/lost_create.h"

#include <gmock/gmock.h>

#include <atomic>
#include <thread>

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

TEST_F(LostCreateTest, IsAdoptedWhenTheServiceHasActed) {
  transport_.lose_answer = IsCreate;
  const auto created = Create(Asked());
  ASSERT_TRUE(created.has_value()) << created.error().message;
  EXPECT_EQ(created->id, space_.webhooks().at(0).id);
  EXPECT_EQ(space_.webhooks().size(), 1u);
  EXPECT_THAT(transport_.sent, ElementsAre("POST create", "GET list"));
}

TEST_F(LostCreateTest, IsTriedOnceMoreWhenItHasNot) {
  LoseBeforeActing(1);
  EXPECT_TRUE(Create(Asked()).has_value());
  EXPECT_THAT(transport_.sent, ElementsAre("POST create", "GET list", "POST create"));
  LoseBeforeActing(2);
  const auto failed = Create(Asked());
  ASSERT_FALSE(failed.has_value());
  EXPECT_THAT(failed.error().message, HasSubstr("tried once more"));
  EXPECT_EQ(space_.webhooks().size(), 1u);
}

TEST_F(LostCreateTest, ARefusalIsNotLost) {
  const auto wrong = Asked().With("events", tfcpp::Value::Set(tfcpp::Type::String(), {}));
  EXPECT_FALSE(Create(wrong).has_value());
  EXPECT_THAT(transport_.sent, ElementsAre("POST create"));
}

struct OtherCase {
  const char* what;
  std::function<void(workspace::Webhook&)> change;
};

TEST_F(LostCreateTest, AdoptsOnlyWhatWasAskedFor) {
  const OtherCase kCases[] = {
      {"older", [](auto& w) { w.creation_timestamp -= 902'000; }},
      {"fewer events", [](auto& w) { w.events.pop_back(); }},
      {"more events", [](auto& w) { w.events.push_back("TRANSITION_REQUEST_CREATED"); }},
      {"a model's", [](auto& w) { w.model_name = "m"; }},
      {"other description", [](auto& w) { w.description = ""; }},
      {"other status", [](auto& w) { w.status = "DISABLED"; }},
      {"other url", [](auto& w) { w.http_url_spec->url = "https://y"; }},
      {"other verification", [](auto& w) { w.http_url_spec->enable_ssl_verification = false; }},
      {"a job",
       [](auto& w) {
         w.http_url_spec.reset(), w.job_spec = workspace::JobSpec{"1", "t", ""};
       }},
  };
  for (const OtherCase& c : kCases) {
    space_.set_webhooks({});
    workspace::Webhook other = Put("other");
    c.change(other);
    space_.Put(other);
    LoseBeforeActing(1);
    const auto created = Create(Asked());
    ASSERT_TRUE(created.has_value()) << c.what << ": " << created.error().message;
    EXPECT_NE(created->id, "other") << c.what;
    EXPECT_EQ(space_.webhooks().size(), 2u) << c.what;
  }
}

TEST_F(LostCreateTest, CountsTheCallsOwnTimeAsItsAge) {
  Put("mine", "", 60s);
  transport_.intercept = [this](const HttpRequest& request) -> Intercepted {
    if (!IsCreate(request)) return std::nullopt;
    clock_.Advance(60s);  // until the time-out
    return Lost();
  };
  EXPECT_EQ(Create(Asked())->id, "mine");
}

// Nanoseconds, in which this machine counts, hold the years 1678 to 2261 only.
TEST_F(LostCreateTest, AnyYearOfTheServiceCanBeCompared) {
  struct YearCase {
    const char* date;
    std::int64_t created;  // ms
    bool is_adopted;       // otherwise it cannot be told whose it is
  };
  const YearCase kCases[] = {
      {"Fri, 31 Dec 9999 23:59:59 GMT", 253'402'300'799'000, true},
      {"Fri, 31 Dec 9999 23:59:59 GMT", 0, false},
      {"Thu, 01 Jan 1970 00:00:00 GMT", INT64_MAX, false},
      {"Thu, 01 Jan 1970 00:00:00 GMT", INT64_MIN, false},
      {"Mon, 01 Jan 0001 00:00:00 GMT", -62'135'596'800'000, false},
      {"Fri, 12 Apr 2262 00:00:00 GMT", 0, false},
  };
  for (const YearCase& c : kCases) {
    WebhookService service(api_, clock_, kPatience);
    int creates = 0;
    transport_.intercept = [&](const HttpRequest& request) -> Intercepted {
      if (IsCreate(request)) {
        if (++creates == 1) return Lost();
        return std::nullopt;
      }
      const std::string webhook =
          tfcpp::Concat(R"({"id":"found","events":["MODEL_VERSION_CREATED","COMMENT_CREATED"],"description":"d",)",
                        R"("http_url_spec":{"url":"https://x"},"creation_timestamp":)", std::to_string(c.created), "}");
      return HttpResponse{.status = 200, .headers = {{"Date", c.date}}, .body = R"({"webhooks":[)" + webhook + "]}"};
    };
    const auto created = Create(service, Asked());
    EXPECT_EQ(created.has_value(), c.is_adopted) << c.date << " and " << c.created;
    EXPECT_EQ(creates, 1) << c.date << " and " << c.created;
  }
}

TEST_F(LostCreateTest, NeverAdoptsWhatIsInAState) {
  Put("in state");
  ASSERT_TRUE(Finds("in state"));
  LoseBeforeActing(1);
  EXPECT_NE(Create(Asked())->id, "in state");
  EXPECT_EQ(space_.webhooks().size(), 2u);
}

// Who did not answer in time may be at it still.
TEST_F(LostCreateTest, AServiceThatActsLateIsWaitedFor) {
  const tfcpp::Result<HttpResponse> kLate[] = {
      tfcpp::Error{
          .code = tfcpp::ErrorCode::kDeadlineExceeded, .message = "", .reason = "timeout", .may_have_acted = true},
      HttpResponse{.status = 504, .headers = {}, .body = ""}};
  for (const auto& late : kLate) {
    space_.set_webhooks({});
    transport_.sent.clear();
    transport_.intercept = [&](const HttpRequest& request) -> Intercepted {
      if (!IsCreate(request)) return std::nullopt;
      return late;
    };
    clock_.on_sleep = [this] { Put("late"); };
    EXPECT_EQ(Create(Asked())->id, "late");
    EXPECT_THAT(transport_.sent, ElementsAre("POST create", "GET list", "GET list"));
    ASSERT_TRUE(service_.Delete(context_, {.id = "late"}).value());

    clock_.on_sleep = nullptr;
    transport_.sent.clear();
    EXPECT_THAT(Create(Asked()).error().message,
                AllOf(StartsWith("Do not apply again yet"), HasSubstr("may make it yet")));
    EXPECT_EQ(Count("POST create"), 2u);
    EXPECT_EQ(Count("GET list"), 4u);
  }
  stop_.request_stop();
  EXPECT_THAT(Create(Asked()).error().message,
              AllOf(StartsWith("Do not apply again yet"), HasSubstr("may make it yet")));
}

TEST_F(LostCreateTest, SeveralAreNamedAndNoneAdopted) {
  Put("id-one");
  Put("id-two");
  LoseBeforeActing(1);
  const auto failed = Create(Asked());
  ASSERT_FALSE(failed.has_value());
  EXPECT_THAT(failed.error().message,
              AllOf(SaysThatItCannotTell("id-one (created during the call)"), HasSubstr("id-two")));
  EXPECT_EQ(Count("POST create"), 1u);
}

// How times are judged is in candidates_test.cc.
TEST_F(LostCreateTest, ADoubtIsNamedAndNothingIsMade) {
  const OtherCase kCases[] = {
      {"some time before", [](auto& w) { w.creation_timestamp -= 60'000; }},
      {"in the future", [](auto& w) { w.creation_timestamp += 60'000; }},
      {"at no time", [](auto& w) { w.creation_timestamp = 0; }},
      {"in seconds", [](auto& w) { w.creation_timestamp /= 1000; }},
  };
  for (const OtherCase& c : kCases) {
    space_.set_webhooks({});
    transport_.sent.clear();
    workspace::Webhook other = Put("other");
    c.change(other);
    space_.Put(other);
    LoseBeforeActing(1);
    const auto failed = Create(Asked());
    ASSERT_FALSE(failed.has_value()) << c.what;
    EXPECT_THAT(failed.error().message, SaysThatItCannotTell("other (")) << c.what;
    EXPECT_EQ(Count("POST create"), 1u) << c.what;
  }
}

// The service acts, answers and lists in some odd way: one webhook is made, and named.
TEST_F(LostCreateTest, AMisfitIsLookedForAndNamedWhereItStaysOne) {
  workspace::Settings settings;
  settings.odd_members["*"] = {{"creation_timestamp", tfcpp::Json::String("abc")}};
  space_.set_settings(settings);
  const auto failed = Create(Asked());
  ASSERT_FALSE(failed.has_value());
  EXPECT_THAT(failed.error().message, SaysThatItCannotTell(space_.webhooks().at(0).id));
  EXPECT_EQ(space_.webhooks().size(), 1u);

  transport_.intercept = [&](const HttpRequest& request) -> Intercepted {
    if (!IsCreate(request)) space_.set_settings({});  // listed as it should be
    return std::nullopt;
  };
  space_.set_webhooks({});
  const auto created = Create(Asked());
  ASSERT_TRUE(created.has_value()) << created.error().message;
  EXPECT_EQ(created->id, space_.webhooks().at(0).id);
  EXPECT_EQ(space_.webhooks().size(), 1u);
}

TEST_F(LostCreateTest, TwoCreatesAreNeverOneWebhook) {
  const auto first = Create(Asked());
  ASSERT_TRUE(first.has_value());
  transport_.intercept = [&](const HttpRequest& request) -> Intercepted {
    if (!IsCreate(request)) return std::nullopt;
    return Said(R"({"webhook": {"id": ")" + first->id + R"(", "events": ["COMMENT_CREATED"],
                    "http_url_spec": {"url": "https://x"}}})");
  };
  const auto second = Create(Asked());
  ASSERT_FALSE(second.has_value());
  EXPECT_THAT(second.error().message, AllOf(HasSubstr("the id of another webhook"), HasSubstr(first->id)));
  EXPECT_EQ(Count("POST create"), 2u);  // it was answered: once more would be one too many

  // Where the service has made one all the same, that is adopted.
  Put("made");
  EXPECT_EQ(Create(Asked())->id, "made");
}

TEST_F(LostCreateTest, AnIdIsFreeAgainAfterItsDelete) {
  const auto first = Create(Asked());
  ASSERT_TRUE(service_.Delete(context_, {.id = first->id}).value());
  transport_.intercept = [&](const HttpRequest& request) -> Intercepted {
    if (!IsCreate(request)) return std::nullopt;
    return Said(R"({"webhook": {"id": ")" + first->id + R"(", "events": ["COMMENT_CREATED"],
                    "http_url_spec": {"url": "https://x"}}})");
  };
  EXPECT_EQ(Create(Asked())->id, first->id);
}

TEST_F(LostCreateTest, EqualResourcesStayTwoWebhooks) {
  constexpr std::size_t kResources = 4;
  std::atomic<std::size_t> acted = 0;
  transport_.lose_answer = [&](const HttpRequest& request) {
    if (!IsCreate(request)) return false;
    ++acted;
    while (acted < kResources) std::this_thread::yield();
    return true;
  };
  std::vector<std::string> ids(kResources);
  std::vector<std::thread> threads;
  for (std::string& id : ids) {
    threads.emplace_back([&] {
      const auto created = Create(Asked());
      EXPECT_TRUE(created.has_value()) << created.error().message;
      if (created.has_value()) id = created->id;
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(std::set<std::string>(ids.begin(), ids.end()).size(), kResources);
  EXPECT_EQ(space_.webhooks().size(), kResources);
}

// What the listing shows may belong to a create that has not been answered yet.
TEST_F(LostCreateTest, WaitsForEqualCreatesUnderWay) {
  tfcpp::test::Gate acted;
  tfcpp::test::Gate listed;
  std::atomic<int> creates = 0;
  transport_.intercept = [&](const HttpRequest& request) -> Intercepted {
    if (IsCreate(request) && creates++ == 1) {
      acted.Wait();
      return Lost();
    }
    if (!IsCreate(request)) listed.Open();
    return std::nullopt;
  };
  std::atomic<bool> held = false;
  transport_.lose_answer = [&](const HttpRequest& request) {
    if (IsCreate(request) && !held.exchange(true)) {
      acted.Open();
      listed.Wait();
    }
    return false;
  };
  std::string first;
  std::thread other([&] { first = Create(Asked())->id; });
  while (creates < 1) std::this_thread::yield();
  const auto second = Create(Asked());
  other.join();
  ASSERT_TRUE(second.has_value()) << second.error().message;
  EXPECT_NE(second->id, first);
  EXPECT_EQ(space_.webhooks().size(), 2u);
}

TEST_F(LostCreateTest, DifferentSecretsAreNotMixedUp) {
  std::atomic<int> acted = 0;
  transport_.lose_answer = [&](const HttpRequest& request) {
    if (!IsCreate(request)) return false;
    ++acted;
    while (acted < 2) std::this_thread::yield();
    return true;
  };
  const auto spec = Asked().Get("http_url_spec").With("secret", tfcpp::Value::String("another"));
  const auto asked = Asked().With("http_url_spec", spec);
  std::atomic<int> adopted = 0;
  std::thread other([&] { adopted += Create(asked).has_value() ? 1 : 0; });
  adopted += Create(Asked()).has_value() ? 1 : 0;
  other.join();
  EXPECT_EQ(space_.webhooks().size(), 2u);
  EXPECT_EQ(adopted, 0);
}

}  // namespace
}  // namespace mlflow
