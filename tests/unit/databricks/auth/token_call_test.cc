#include "databricks/auth/token_call.h"

#include <gtest/gtest.h>

#include <ctime>

namespace tfcpp::databricks {
namespace {

using std::chrono::system_clock;

TEST(ParseTimeTest, ReadsTheFormsOfBothTools) {
  const auto expected = system_clock::from_time_t(1767229200);  // 2026-01-01T01:00:00Z
  for (const char* text : {"2026-01-01T01:00:00Z", "2026-01-01T01:00:00.123456789Z", "2026-01-01T02:00:00+01:00",
                           "2025-12-31T20:30:00.5-04:30"}) {
    EXPECT_EQ(ParseTime(text), expected) << text;
  }
  std::time_t seconds = 1767229200;
  std::tm local{};
  localtime_r(&seconds, &local);
  char text[32];
  std::strftime(text, sizeof(text), "%Y-%m-%d %H:%M:%S", &local);
  EXPECT_EQ(ParseTime(text), expected);
  EXPECT_EQ(ParseTime(std::string(text) + ".000123"), expected);
}

TEST(ParseTimeTest, RefusesTheRest) {
  for (const char* text : {"", "soon", "2026-01-01", "2026-01-01T01:00:00", "2026-01-01T01:00:00Zx",
                           "2026-01-01 01:00:00Z", "2026-01-01T01:00:00*01:00", "2026-01-01T01:00:00+01:00x"}) {
    EXPECT_EQ(ParseTime(text), std::nullopt) << text;
  }
}

TEST(ReadTokenTest, TheEndIsWhatTheAnswerSays) {
  const auto now = system_clock::from_time_t(1000);
  const auto expiry = [&](const char* json) { return ReadToken(*Json::Parse(json), now)->expiry; };
  EXPECT_EQ(expiry(R"({"access_token":"t"})"), std::nullopt);
  EXPECT_EQ(expiry(R"({"access_token":"t","expires_in":60})"), system_clock::from_time_t(1060));
  EXPECT_EQ(expiry(R"({"access_token":"t","expires_in":"60"})"), system_clock::from_time_t(1060));
  EXPECT_EQ(expiry(R"({"access_token":"t","expires_in":60,"expires_on":"2000"})"), system_clock::from_time_t(2000));
}

}  // namespace
}  // namespace tfcpp::databricks
