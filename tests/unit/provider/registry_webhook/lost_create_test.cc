// Creates whose answer is lost: nothing doubled, nothing of somebody else's adopted.
#include "provider/shared/lost_create.h"

#include <gmock/gmock.h>

#include <atomic>
#include <thread>

#include "support/raw_server.h"
#include "unit/provider/registry_webhook/service_fixture.h"

namespace mlflow {
namespace {

using namespace std::chrono_literals;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;
using tfcpp::http::HttpRequest;
using tfcpp::http::HttpResponse;
using Intercepted = std::optional<tfcpp::Result<HttpResponse>>;

class LostCreateTest : public ServiceTest {
 protected:
  LostCreateTest() {
    // JsonClient adds no credentials, and the workspace wants some.
    transport_.token = "dapi";
  }
  void LoseBeforeActing(int times) {
    transport_.intercept = [left = times](const HttpRequest& request) mutable -> Intercepted {
      if (!IsCreate(request) || left-- <= 0) return std::nullopt;
      return Lost();
    };
  }
};

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

// What is not known is told by the first sentence; then what to look for, and what to do with it.
MATCHER_P(SaysThatItCannotTell, named, "") {
  return ExplainMatchResult(AllOf(StartsWith("Do not apply again yet"), HasSubstr("cannot tell"), HasSubstr(named),
                                  HasSubstr("terraform import"), HasSubstr("After a kill or a lost answer")),
                            arg, result_listener);
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
          {"400", status(400), true}};
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
