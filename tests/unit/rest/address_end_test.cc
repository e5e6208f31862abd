#include "rest/address_end.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rest/known_secrets.h"
#include "rest/redact.h"
#include "tfcpp/base/base64.h"
#include "tfcpp/base/strings.h"

namespace tfcpp::rest {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

struct Row {
  const char* text;
  const char* shown;
};

TEST(AddressEndTest, OfSomebodyElsesTextSchemeAndHostAreShown) {
  const Row kRows[] = {
      {"no address: a/b?c", "no address: a/b?c"},
      {"https://h.example", "https://h.example"},
      {"https://h.example/", "https://h.example/"},
      {"https://h.example/canary", "https://h.example/**REDACTED**"},
      {"see https://h.example:8443/canary?q=canary#canary, and HTTP://i/canary.",
       "see https://h.example:8443/**REDACTED** and HTTP://i/**REDACTED**"},
      {"https://h.example?canary", "https://h.example?**REDACTED**"},
      {"https://h.example#canary", "https://h.example#**REDACTED**"},
      {"https://me:canary@h.example/", "https://**REDACTED**h.example/"},
      {"<a href=\"https://h/canary\">", "<a href=\"https://h/**REDACTED**\">"},
      {"https://a/canary?to=https://b/canary", "https://a/**REDACTED**"},
      {R"({"m":"https:\/\/h\/canary"})", R"({"m":"https:\/\/h\/**REDACTED**"})"},
      {"https%3A%2F%2Fh%2Fcanary%3Fcanary", "https%3A%2F%2Fh%2F**REDACTED**"},
      {"https:&#47;&#47;h&#47;canary", "https:&#47;&#47;h&#47;**REDACTED**"},
      {"://canary", "://canary"},
  };
  for (const Row& row : kRows) EXPECT_EQ(KnownSecrets().Shown(row.text), row.shown);
  const std::string coded = Base64("call https://h.example/canary?canary now");
  EXPECT_THAT(KnownSecrets().Shown(coded), Not(HasSubstr(coded.substr(32, 12))));
}

TEST(AddressEndTest, WhatWeCallIsShownWhole) {
  EXPECT_EQ(KnownSecrets({Secret("canary")}).ShownCalled("https://h/api/list?token=canary"),
            "https://h/api/list?token=**REDACTED**");
}

// A known one is found by its end, too.
TEST(AddressEndTest, KnownOnesWithoutTheirBeginning) {
  KnownSecrets secrets;
  secrets.AddAddresses(
      {Secret("https://hooks.example/services/T0CANARY/0123456789canaryXY?sig=sig-canary-0123456789")});
  const Row kRows[] = {
      {"POST /services/T0CANARY/0123456789canaryXY?sig=sig-canary-0123456789 failed", "POST **REDACTED** failed"},
      {"key 0123456789canaryXY is wrong", "key **REDACTED** is wrong"},
      {"sig-canary-0123456789", "**REDACTED**"},
      {"other services of hooks.example", "other services of hooks.example"},
  };
  for (const Row& row : kRows) EXPECT_EQ(secrets.Shown(row.text), row.shown);
  // Our own words keep theirs: a path of an address may be any word.
  EXPECT_EQ(secrets.Without("key 0123456789canaryXY"), "key 0123456789canaryXY");
}

TEST(AddressEndTest, ShortEndsMayStandInAnyText) {
  EXPECT_THAT(EndsOf("https://h/hook"), IsEmpty());
  EXPECT_THAT(EndsOf("no address"), IsEmpty());
  EXPECT_THAT(EndsOf("https://h/webhooks?a=b"), ElementsAre("/webhooks?a=b"));
  EXPECT_THAT(EndsOf("https://h/webhooks?a=b", 8), ElementsAre("/webhooks?a=b", "webhooks"));
  EXPECT_THAT(EndsOf("https://me:canary@h/hook"), ElementsAre("me:canary"));
  EXPECT_THAT(EndsOf("https://me:canary-password@h"), ElementsAre("me:canary-password", "canary-password"));
}

TEST(AddressEndTest, BodiesAreLoggedWithHostsAlone) {
  const Row kRows[] = {
      {R"({"webhooks":[{"http_url_spec":{"url":"https://h/can\"ary canary"}}]})",
       R"({"webhooks":[{"http_url_spec":{"url":"https://h/**REDACTED**"}}]})"},
      {R"({"url":"https://h.example"})", R"({"url":"https://h.example"})"},
      {R"({"URL":"https://me:canary@h?canary"})", R"({"URL":"https://h/**REDACTED**"})"},
      {R"({"url":"canary"})", R"({"url":"**REDACTED**"})"},
      {R"({"url":"can ary://h"})", R"({"url":"**REDACTED**"})"},
      {R"({"message":"bad https://h/canary"})", R"({"message":"bad https://h/**REDACTED**"})"},
  };
  for (const Row& row : kRows) EXPECT_EQ(RedactBody(row.text, KnownSecrets()), row.shown);
  EXPECT_EQ(RedactHeaders({{"Location", "https://h/canary"}}, KnownSecrets()), "Location: https://h/**REDACTED**");
}

}  // namespace
}  // namespace tfcpp::rest
