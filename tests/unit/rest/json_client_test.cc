#include "rest/json_client.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <thread>
#include <tuple>
#include <vector>

#include "support/scripted_transport.h"

namespace tfcpp::rest {
namespace {

using test::Answer;
using test::ScriptedTransport;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

Error Mapped(const JsonCall&, const HttpResponse& response) {
  return {.code = ErrorCode::kNotFound, .message = std::to_string(response.status) + " " + response.body};
}

JsonService Service() {
  return {.url = "https://h",
          .name = "the service h",
          .if_unreachable = "Look at the setting of its address.",
          .if_no_json = "h may be another service",
          .error_member = "fault"};
}

Result<JsonAnswer> Call(HttpTransport& transport, const JsonCall& call, JsonService service = Service()) {
  NullLogger log;
  KnownSecrets secrets({Secret("known-canary")});
  return JsonClient(transport, std::move(service), secrets, Mapped).Call({{}, log}, call);
}

TEST(PercentEncodeTest, KeepsUnreservedCharactersOnly) {
  EXPECT_EQ(PercentEncode("AZaz09-._~"), "AZaz09-._~");
  EXPECT_EQ(PercentEncode("a b&c=d/e?f#g+%"), "a%20b%26c%3Dd%2Fe%3Ff%23g%2B%25");
  EXPECT_EQ(PercentEncode("\xc3\xa4\n"), "%C3%A4%0A");
  EXPECT_EQ(PercentEncode(std::string_view("\0", 1)), "%00");
  EXPECT_EQ(PercentEncode(""), "");
}

TEST(JsonClientTest, SendsQueryAndBody) {
  ScriptedTransport transport{Answer(200), Answer(200)};
  EXPECT_TRUE(Call(transport, {.path = "/p", .query = {{"events", "A"}, {"events", "B C"}, {"n", ""}}}).has_value());
  EXPECT_TRUE(Call(transport, {.method = Method::kPatch,
                               .path = "/q",
                               .body = Json::Object({{"a", Json::Int(1)}}),
                               .effect = Effect::kIdempotent})
                  .has_value());
  const HttpRequest& get = transport.requests.at(0);
  EXPECT_EQ(get.url, "https://h/p?events=A&events=B%20C&n=");
  EXPECT_EQ(get.method, Method::kGet);
  EXPECT_EQ(get.body, "");
  EXPECT_EQ(get.headers, (std::vector<Header>{{"Accept", "application/json"}}));
  const HttpRequest& patch = transport.requests.at(1);
  EXPECT_EQ(patch.url, "https://h/q");
  EXPECT_EQ(patch.method, Method::kPatch);
  EXPECT_EQ(patch.effect, Effect::kIdempotent);
  EXPECT_EQ(patch.body, R"({"a":1})");
  EXPECT_EQ(patch.headers, (std::vector<Header>{{"Accept", "application/json"}, {"Content-Type", "application/json"}}));
}

TEST(JsonClientTest, ReadsAnswers) {
  ScriptedTransport transport{Answer(201, R"( {"a":"b"} )", {{"X", "y"}}), Answer(204), Answer(200, " \n")};
  const auto full = Call(transport, {.path = "/p"});
  EXPECT_EQ(full->body.FindString("a"), "b");
  EXPECT_EQ(full->headers, (std::vector<Header>{{"X", "y"}}));
  EXPECT_TRUE(Call(transport, {.path = "/p"})->body.is_null());
  EXPECT_TRUE(Call(transport, {.path = "/p"})->body.is_null());
}

struct MalformedCase {
  const char* what;
  HttpResponse answer;
  const char* words;
};

TEST(JsonClientTest, TellsWhatIsWrongWithAnAnswerThatIsNoJson) {
  const MalformedCase kCases[] = {
      {"cut", Answer(200, R"({"id":"canary)"), "cut on the way"},
      {"text", Answer(200, "OK canary"), "h may be another service"},
      {"more after it", Answer(200, R"({} canary)"), "h may be another service"},
  };
  for (const MalformedCase& c : kCases) {
    for (const Effect effect : {Effect::kNone, Effect::kIdempotent, Effect::kCreates}) {
      ScriptedTransport transport{c.answer};
      const auto outcome = Call(transport, {.method = Method::kPost, .path = "/p", .effect = effect});
      ASSERT_FALSE(outcome.has_value()) << c.what;
      EXPECT_EQ(outcome.error().code, ErrorCode::kMalformed) << c.what;
      EXPECT_EQ(outcome.error().may_have_acted, effect != Effect::kNone) << c.what;
      EXPECT_THAT(outcome.error().message,
                  AllOf(HasSubstr("POST /p on the service h: 200"), HasSubstr(c.words), Not(HasSubstr("canary"))))
          << c.what;
    }
  }
}

TEST(JsonClientTest, TellsAnAnswerThatIsTooLarge) {
  for (const Effect effect : {Effect::kNone, Effect::kCreates}) {
    ScriptedTransport transport{Answer(200, "[" + std::string(17u << 20, ' ') + "]")};
    const Error error = Call(transport, {.path = "/p", .effect = effect}).error();
    EXPECT_EQ(error.reason, kTooLarge);
    EXPECT_EQ(error.may_have_acted, effect != Effect::kNone);
    EXPECT_EQ(error.message, "GET /p on the service h: 200, but the answer is too large: more than 16777216 bytes.");
  }
}

TEST(JsonClientTest, BuildsTheWantedMembersOnly) {
  static constexpr std::string_view kWanted[] = {"a"};
  ScriptedTransport transport{Answer(200, R"({"a":1,"b":[1,2,3],"c":4})")};
  EXPECT_EQ(Call(transport, {.path = "/p", .members = kWanted})->body.Write(), R"({"a":1,"b":null})");
}

TEST(JsonClientTest, MapsEveryOtherStatus) {
  for (const int status : {101, 199, 300, 302, 400, 404, 500}) {
    ScriptedTransport transport{Answer(status, "said")};
    const auto outcome = Call(transport, {.path = "/p"});
    ASSERT_FALSE(outcome.has_value()) << status;
    EXPECT_EQ(outcome.error().message, std::to_string(status) + " said");
  }
}

TEST(JsonClientTest, MapsAPageOfAnyStatus) {
  for (const HttpResponse& page : {Answer(200, "<!doctype html>", {{"content-type", "text/html; charset=utf-8"}}),
                                   Answer(200, "\n <html>"), Answer(201, "", {{"Content-Type", "text/HTML"}})}) {
    ScriptedTransport transport{page};
    const auto outcome = Call(transport, {.path = "/p"});
    ASSERT_FALSE(outcome.has_value()) << page.body;
    EXPECT_EQ(outcome.error().message, std::to_string(page.status) + " " + page.body);
  }
}

TEST(JsonClientTest, TakesQuotedSecretsOutOfErrors) {
  ScriptedTransport transport{Answer(400, R"(cannot use canary-1 or canary-2 in plain)")};
  const auto outcome =
      Call(transport, {.path = "/p",
                       .body = Json::Object({{"secret", Json::String("canary-1")},
                                             {"spec", Json::Object({{"access_token", Json::String("canary-2")}})},
                                             {"name", Json::String("plain")}})});
  EXPECT_EQ(outcome.error().message, "400 cannot use **REDACTED** or **REDACTED** in plain");
}

TEST(JsonClientTest, NoErrorHoldsASecret) {
  const JsonCall call{.method = Method::kPost,
                      .path = "/p",
                      .body = Json::Object({{"authorization", Json::String("Bearer body-canary")}}),
                      .effect = Effect::kCreates};
  for (const std::string secret : {"known-canary", "body-canary", "Bearer body-canary"}) {
    const std::string text = "no " + secret + "!";
    for (const Result<HttpResponse>& outcome :
         {Result<HttpResponse>(Answer(400, text)), Result<HttpResponse>(Answer(200, "<" + text)),
          Result<HttpResponse>(Error{ErrorCode::kUnavailable, text, "lost", true})}) {
      ScriptedTransport transport{outcome};
      const Error error = Call(transport, call).error();
      EXPECT_THAT(error.message, AllOf(HasSubstr("no **REDACTED**!"), Not(HasSubstr("canary"))));
    }
  }
}

TEST(JsonClientTest, RemembersTheSecretsOfEarlierCalls) {
  ScriptedTransport transport{Answer(200), Answer(500, "bad first-canary")};
  NullLogger log;
  KnownSecrets secrets;
  JsonClient client(transport, Service(), secrets, Mapped);
  const JsonCall first{.path = "/p", .body = Json::Object({{"secret", Json::String("first-canary")}})};
  ASSERT_TRUE(client.Call({{}, log}, first).has_value());
  EXPECT_EQ(client.Call({{}, log}, {.path = "/q"}).error().message, "500 bad **REDACTED**");
}

TEST(JsonClientTest, PassesTheTransportsErrorsOnWithWhatWasTried) {
  const Error lost{ErrorCode::kUnavailable, "The connection was lost.", "lost", true};
  ScriptedTransport transport{lost};
  const Error error = Call(transport, {.path = "/p"}).error();
  EXPECT_EQ(error.message, "GET /p: The connection was lost.");
  EXPECT_EQ(std::tie(error.code, error.reason, error.may_have_acted),
            std::tie(lost.code, lost.reason, lost.may_have_acted));
}

TEST(JsonClientTest, SaysWhatToCheckWhenTheHostIsNotReached) {
  for (const char* reason : {"resolve", "connect"}) {
    ScriptedTransport transport{Error{ErrorCode::kUnavailable, "No.", reason}};
    EXPECT_THAT(Call(transport, {.path = "/p"}).error().message, HasSubstr("Look at the setting")) << reason;
  }
}

TEST(JsonClientTest, LeavesAFailedSignInItsOwnWords) {
  ScriptedTransport transport{Error{ErrorCode::kUnauthenticated, "Cannot sign in."}};
  EXPECT_EQ(Call(transport, {.path = "/p"}).error().message, "Cannot sign in.");
}

// A service that is told of by nothing but its address: texts have no holes.
TEST(JsonClientTest, KnowsNothingOfAServiceByItself) {
  ScriptedTransport transport{Error{ErrorCode::kUnavailable, "No.", "resolve"}, Answer(200, "x"),
                              Answer(200, R"({"fault":1,"":1})")};
  const JsonService bare{.url = "https://h", .name = "https://h"};
  EXPECT_EQ(Call(transport, {.path = "/p"}, bare).error().message, "GET /p: No.");
  EXPECT_THAT(Call(transport, {.path = "/p"}, bare).error().message, testing::EndsWith("have been cut on the way."));
  EXPECT_TRUE(Call(transport, {.path = "/p"}, bare).has_value());
}

// What the member of an error stands in is no success, whatever the status says.
TEST(JsonClientTest, TheMemberOfAnErrorIsAnError) {
  for (const char* body : {R"({"fault":"X"})", R"({"things":[],"fault":500})", R"({"fault":""})"}) {
    ScriptedTransport transport{Answer(200, body)};
    EXPECT_EQ(Call(transport, {.path = "/p"}).error().message, std::string("200 ") + body);
  }
  ScriptedTransport transport{Answer(200, R"({"fault":null})")};
  EXPECT_TRUE(Call(transport, {.path = "/p"}).has_value());
}

// Two large answers are held at once, and no more; small ones pass by.
TEST(JsonClientTest, LargeAnswersWaitForTheirTurn) {
  class Large final : public HttpTransport {
   public:
    Result<HttpResponse> Send(const Context&, const HttpRequest& request) override {
      return Answer(200, request.url == "https://h/small" ? "{}" : "[" + std::string(100'000, ' ') + "]");
    }
  } transport;
  KnownSecrets secrets;
  JsonClient client(transport, Service(), secrets, Mapped);
  NullLogger log;
  std::atomic<int> got = 0, held = 0, most = 0;
  const auto hold = [&] {
    const auto answer = client.Call({{}, log}, {.path = "/large"});
    const int now = ++held;
    for (int seen = most; seen < now && !most.compare_exchange_weak(seen, now);) {
    }
    // Until somebody else has one as well, so that one at a time would never end.
    ++got;
    while (got < 2) std::this_thread::yield();
    EXPECT_TRUE(client.Call({{}, log}, {.path = "/small"}).has_value());
    --held;
  };
  std::vector<std::jthread> threads;
  for (int i = 0; i < 8; ++i) threads.emplace_back(hold);
  threads.clear();
  EXPECT_EQ(most, 2);
}

}  // namespace
}  // namespace tfcpp::rest
