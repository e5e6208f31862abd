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

struct EndCase {
  const char* end;          // a number, or text in quotes
  std::int64_t expires_on;  // seconds since 1970; 0: never
  std::int64_t expires_in;  // likewise, at 2026-01-01T00:00:00Z
};

// However a service counts: the token is kept for as long as it says, or until it is refused, and is not fetched anew
// for each call.
TEST(ReadTokenTest, AnyNumberIsAnEndThatCanBeCountedWith) {
  constexpr std::int64_t kNow = 1'767'225'600;
  constexpr std::int64_t kIn2200 = 7'258'118'400;
  constexpr std::int64_t kTenYears = kNow + 10L * 366 * 24 * 3600;
  const EndCase kCases[] = {
      {"0", 0, 0},
      {"\"0\"", 0, 0},
      {"-1", 0, 0},
      {"-9223372036854775808", 0, 0},
      {"-62135596800", 0, 0},  // Go's zero time
      {"1", 1, kNow + 1},
      {"3600000", 3'600'000, kNow + 3'600'000},         // an hour in milliseconds
      {"1767229200", 1'767'229'200, kTenYears},         // a time as a lifetime
      {"1767229200000", kIn2200, kTenYears},            // a time in milliseconds
      {"\"1767229200000000000\"", kIn2200, kTenYears},  // in nanoseconds
      {"9223372036", kIn2200, kTenYears},               // the last second of a WallTime
      {"9223372037", kIn2200, kTenYears},
      {"253402300799", kIn2200, kTenYears},  // the end of 9999
      {"9223372036854775807", kIn2200, kTenYears},
      {"9223372036854775808", 0, 0},
      {"1e400", 0, 0},
      {"3600.5", 0, 0},
      {"\"soon\"", 0, 0},
      {"null", 0, 0},
  };
  const auto read = [&](const char* member, const char* end) {
    const std::string json = std::string(R"({"access_token":"t",")") + member + "\":" + end + "}";
    const auto expiry = ReadToken(*Json::Parse(json), system_clock::from_time_t(kNow))->expiry;
    return expiry.has_value() ? system_clock::to_time_t(*expiry) : 0;
  };
  for (const EndCase& c : kCases) {
    EXPECT_EQ(read("expires_on", c.end), c.expires_on) << c.end;
    EXPECT_EQ(read("expires_in", c.end), c.expires_in) << c.end;
  }
}

TEST(ExpiryAtTest, OfTheTimesThatToolsPrint) {
  for (const char* never : {"0001-01-01T00:00:00Z", "0001-01-01 00:00:00", "1970-01-01T00:00:00Z",
                            "0000-01-01T00:00:00Z", "1969-12-31T23:59:59-00:00"}) {
    const auto end = ParseTime(never);
    ASSERT_TRUE(end.has_value()) << never;
    EXPECT_EQ(ExpiryAt(*end), std::nullopt) << never;
  }
  for (const char* late :
       {"2200-01-01T00:00:00Z", "2262-04-12T00:00:00Z", "2999-12-31 23:59:59", "9999-12-31T23:59:59Z"}) {
    EXPECT_EQ(ExpiryAt(*ParseTime(late)), system_clock::from_time_t(7'258'118'400)) << late;
  }
  EXPECT_EQ(ExpiryAt(*ParseTime("2026-01-01T01:00:00Z")), system_clock::from_time_t(1767229200));
}

}  // namespace
}  // namespace tfcpp::databricks
