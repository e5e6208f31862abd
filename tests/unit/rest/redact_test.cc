#include "rest/redact.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tfcpp::rest {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string Revealed(std::string_view body) {
  std::string text;
  for (const Secret& secret : SecretsIn(*Json::Parse(body))) text += secret.Reveal() + ",";
  return text;
}

TEST(SecretsInTest, FindsThemByNameAtAnyDepth) {
  EXPECT_EQ(Revealed(R"({"token":"a","n":{"l":[{"Client_Secret":"b"},{"id":"x"}]}})"), "a,b,");
  EXPECT_EQ(Revealed(R"({"credentials":{"user":"a","list":["b"]}})"), "a,b,");  // all below a secret name
  EXPECT_EQ(Revealed(R"({"next_page_token":"p","page_token":"q","token":"","secret":7})"), "");
  EXPECT_EQ(Revealed(R"({"token_type":"Bearer","token_endpoint":"https://h/token"})"), "");
  EXPECT_EQ(Revealed(R"(["token"])"), "");
}

TEST(SecretsInTest, ACredentialIsOneWithoutItsSchemeToo) {
  EXPECT_EQ(Revealed(R"({"authorization":"Bearer abc"})"), "Bearer abc,abc,");
  EXPECT_EQ(Revealed(R"({"secret":"a pass phrase"})"), "a pass phrase,");
}

struct BodyCase {
  const char* body;
  const char* logged;
};

TEST(RedactBodyTest, ByNameAndByValue) {
  const BodyCase kCases[] = {
      {"", ""},
      {" \n", ""},
      {"not json canary", "(15 bytes that are no JSON)"},
      {R"({"id":"7"})", R"({"id":"7"})"},
      {R"({"token":"x"})", R"({"token":"**REDACTED**"})"},
      {R"({"token":{"a":1}})", R"({"token":"**REDACTED**"})"},
      {R"({"secret":["a"]})", R"({"secret":"**REDACTED**"})"},
      {R"([{"a":{"AUTHORIZATION":"x","Set-Cookie":"y","db_password":"z","client_assertion":"w"}}])",
       R"([{"a":{"AUTHORIZATION":"**REDACTED**","Set-Cookie":"**REDACTED**","db_password":"**REDACTED**","client_assertion":"**REDACTED**"}}])"},
      {R"({"next_page_token":"p","page_token":"q"})", R"({"next_page_token":"p","page_token":"q"})"},
      {R"({"message":"no canary, please"})", R"({"message":"no **REDACTED**, please"})"},
      {R"({"canary":1})", R"({"**REDACTED**":1})"},
  };
  for (const BodyCase& c : kCases) EXPECT_EQ(RedactBody(c.body, KnownSecrets({Secret("canary")})), c.logged) << c.body;
}

// JSON writes such characters with a backslash, and other servers as \u0022.
TEST(RedactBodyTest, FindsSecretsThatJsonEscapes) {
  for (const char* secret : {"canary\"tail", "canary\\tail", "canary/tail", "canary\ttail", "can\xc3\xa4ry-tail"}) {
    const Json body = Json::Object({{"message", Json::String(std::string("no ") + secret)}});
    EXPECT_THAT(RedactBody(body.Write(), KnownSecrets({Secret(secret)})), Not(HasSubstr("tail"))) << secret;
  }
  EXPECT_THAT(RedactBody(R"({"message":"no \u0063anary-tail"})", KnownSecrets({Secret("canary-tail")})),
              Not(HasSubstr("tail")));
}

TEST(RedactBodyTest, IsBounded) {
  const std::string logged = RedactBody("[\"" + std::string(100'000, 'a') + "\"]", KnownSecrets());
  EXPECT_LT(logged.size(), 4200u);
  EXPECT_THAT(logged, HasSubstr("more bytes)"));
  std::string many = "[0";
  for (int i = 0; i < 60'000; ++i) many += ",0";
  EXPECT_EQ(RedactBody(many + "]", KnownSecrets()), "(120003 bytes that are too much to show)");
  EXPECT_TRUE(SecretsInBody(R"({"token":"x","n":)" + many + "]}").empty());
  // A secret across the cut is gone before the cut.
  EXPECT_THAT(RedactBody("[\"" + std::string(4088, 'a') + "canary-tail\"]", KnownSecrets({Secret("canary-tail")})),
              Not(HasSubstr("canary")));
}

}  // namespace
}  // namespace tfcpp::rest
