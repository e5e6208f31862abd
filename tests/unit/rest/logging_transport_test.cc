#include "rest/logging_transport.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/scripted_transport.h"
#include "tfcpp/testing/fake_clock.h"
#include "tfcpp/testing/recording_logger.h"

namespace tfcpp::rest {
namespace {

using namespace std::chrono_literals;
using test::Answer;
using test::ScriptedTransport;
using ::testing::HasSubstr;
using ::testing::Not;

std::string Log(ScriptedTransport next, const HttpRequest& request, LogLevel level = LogLevel::kDebug) {
  test::FakeClock clock;
  test::RecordingLogger log(level);
  KnownSecrets secrets({Secret("token-canary")});
  next.on_send = [&] { clock.Advance(12ms); };
  (void)LoggingTransport(next, clock, secrets).Send({{}, log}, request);
  return log.text();
}

TEST(LoggingTransportTest, WritesOneRecordForARoundTrip) {
  EXPECT_EQ(
      Log({Answer(200, R"({"b":2})", {{"X-Request-Id", "r1"}})},
          {.method = Method::kPost, .url = "https://h/p?q=1", .headers = {{"Accept", "x"}}, .body = R"({"a":1})"}),
      "DEBUG http round trip method=POST url=https://h/p?q=1 request_headers=Accept: x request_body={\"a\":1} "
      "status=200 response_headers=X-Request-Id: r1 response_body={\"b\":2} request_id=r1 duration_ms=12\n");
  EXPECT_EQ(Log({Error{ErrorCode::kUnavailable, "No connection.", "connect", false}}, {.url = "https://h/p"}),
            "DEBUG http round trip method=GET url=https://h/p request_headers= request_body= error=No connection. "
            "reason=connect "
            "duration_ms=12\n");
}

TEST(LoggingTransportTest, WritesNothingAboveDebug) {
  EXPECT_EQ(Log({Answer(200)}, {.url = "u"}, LogLevel::kInfo), "");
}

struct CanaryCase {
  const char* what;
  HttpRequest request;
  Result<HttpResponse> outcome;
};

TEST(LoggingTransportTest, NeverLogsSecrets) {
  const HttpRequest with_secret{
      .method = Method::kPost,
      .url = "u",
      .body = R"({"http_url_spec":{"secret":"body-canary","authorization":"Bearer canary"}})"};
  const CanaryCase kCases[] = {
      {"request header", {.url = "u", .headers = {{"Authorization", "Bearer canary"}, {"X", "canary"}}}, Answer(200)},
      {"azure header", {.url = "u", .headers = {{"X-Databricks-Azure-SP-Management-Token", "canary"}}}, Answer(200)},
      {"request body", with_secret, Answer(200)},
      {"token in the url", {.url = "u?t=token-canary"}, Answer(200)},
      {"request body is no JSON", {.url = "u", .body = "grant=canary"}, Answer(200)},
      {"response header", {.url = "u"}, Answer(200, "", {{"Set-Cookie", "canary"}})},
      {"response by name", {.url = "u"}, Answer(200, R"({"a":[{"access_token":"canary"}]})")},
      {"response is no JSON", {.url = "u"}, Answer(200, "<canary>")},
      {"token quoted", {.url = "u"}, Answer(403, R"({"message":"bad token-canary"})")},
      {"own secret quoted", with_secret, Answer(400, R"({"message":"bad body-canary or Bearer canary"})")},
      {"in an error", with_secret, Error{ErrorCode::kUnavailable, "bad body-canary, token-canary", "lost", true}},
      {"address in a listing",
       {.url = "u"},
       Answer(200, R"({"webhooks":[{"http_url_spec":{"url":"https://h/canary?canary"}}]})")},
      {"address sent", {.url = "u", .body = R"({"url":"https://h/canary?canary"})"}, Answer(200)},
      {"address quoted", {.url = "u"}, Answer(400, R"({"message":"cannot call https://h/canary"})")},
      {"address to go to", {.url = "u"}, Answer(302, "", {{"Location", "https://h/canary"}})},
      {"in the request id", with_secret, Answer(400, "", {{"X-Request-Id", "body-canary"}})},
  };
  for (const CanaryCase& c : kCases) {
    const std::string logged = Log({c.outcome}, c.request);
    EXPECT_THAT(logged, HasSubstr("http round trip")) << c.what;
    EXPECT_THAT(logged, Not(HasSubstr("canary"))) << c.what;
  }
}

TEST(LoggingTransportTest, ShowsNoBodyOfAConfidentialRequest) {
  const std::string log =
      Log({Answer(200, R"({"value":"canary"})")}, {.url = "u", .body = R"({"a":1})", .confidential = true});
  EXPECT_THAT(log, HasSubstr("request_body=(7 bytes, confidential)"));
  EXPECT_THAT(log, HasSubstr("response_body=(18 bytes, confidential)"));
  EXPECT_THAT(log, Not(HasSubstr("canary")));
}

TEST(LoggingTransportTest, RedactsSecretsThatBecomeKnownLater) {
  test::FakeClock clock;
  test::RecordingLogger log;
  KnownSecrets secrets;
  ScriptedTransport next{Answer(200, R"({"value":"canary"})")};
  LoggingTransport transport(next, clock, secrets);
  secrets.Add(Secret("canary"));
  ASSERT_TRUE(transport.Send({{}, log}, {.url = "u"}).has_value());
  EXPECT_THAT(log.text(), Not(HasSubstr("canary")));
}

TEST(LoggingTransportTest, RemembersSecretsOfEarlierCalls) {
  test::FakeClock clock;
  test::RecordingLogger log;
  KnownSecrets secrets;
  ScriptedTransport next{Answer(200, R"({"access_token":"oauth-canary"})"), Answer(200, R"({"said":"oauth-canary"})"),
                         Answer(200, "", {{"X-Echo", "form-canary"}})};
  LoggingTransport transport(next, clock, secrets);
  const Context context{{}, log};
  (void)transport.Send(context, {.url = "u", .body = R"({"client_assertion":"form-canary"})"});
  (void)transport.Send(context, {.url = "u", .headers = {{"X-Said", "oauth-canary"}}});
  (void)transport.Send(context, {.url = "u"});
  EXPECT_THAT(log.text(), Not(HasSubstr("canary")));
}

// A service may make up names and values without end.
TEST(LoggingTransportTest, RemembersOnlySoMuchOfAnswers) {
  test::FakeClock clock;
  test::RecordingLogger log;
  KnownSecrets secrets;
  const std::string large(200u << 10, 'l');
  ScriptedTransport next{Answer(200, R"({"token":")" + large + R"("})"),
                         Answer(200, R"({"token":"2)" + large + R"("})"), Answer(200, R"({"token":"small-canary"})"),
                         Answer(200)};
  LoggingTransport transport(next, clock, secrets);
  const HttpRequest sends_large{.url = "u", .body = R"({"token":"3)" + large + R"("})"};
  for (int i = 0; i < 3; ++i) (void)transport.Send({{}, log}, {.url = "u"});
  (void)transport.Send({{}, log}, sends_large);
  EXPECT_TRUE(secrets.Add(Secret("2" + large)));
  EXPECT_FALSE(secrets.Add(Secret(large)));
  EXPECT_FALSE(secrets.Add(Secret("small-canary")));
  EXPECT_FALSE(secrets.Add(Secret("3" + large)));  // its own, whatever their size
}

TEST(LoggingTransportTest, GivesTheOutcomeUnchanged) {
  test::FakeClock clock;
  test::RecordingLogger log;
  KnownSecrets secrets({Secret("canary")});
  ScriptedTransport next{Answer(400, R"({"token":"canary"})")};
  const auto outcome = LoggingTransport(next, clock, secrets).Send({{}, log}, {.url = "canary"});
  EXPECT_EQ(outcome->body, R"({"token":"canary"})");
  EXPECT_EQ(next.requests.at(0).url, "canary");
}

}  // namespace
}  // namespace tfcpp::rest
