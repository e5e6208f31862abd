#include "tfcpp/fields/rules.h"

#include <gtest/gtest.h>

#include "tfcpp/fields/field.h"

namespace tfcpp::fields {
namespace {

TEST(TimestampTest, IsRfc3339InUtcWithMilliseconds) {
  EXPECT_EQ(FormatTimestamp(0), "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(FormatTimestamp(1'767'225'599'042), "2025-12-31T23:59:59.042Z");
  EXPECT_EQ(FormatTimestamp(951'782'400'000), "2000-02-29T00:00:00.000Z");
  EXPECT_EQ(FormatTimestamp(-1), "1969-12-31T23:59:59.999Z");
  EXPECT_EQ(FormatTimestamp(INT64_MAX), "9999-12-31T23:59:59.999Z");
  EXPECT_EQ(FormatTimestamp(1'767'225'599'042'000), "9999-12-31T23:59:59.999Z");  // of a service that counts finer
  EXPECT_EQ(FormatTimestamp(INT64_MIN), "0000-01-01T00:00:00.000Z");
}

TEST(TimestampTest, IsReadBack) {
  for (const std::int64_t ms : {0L, -1L, 951'782'400'000L, 1'767'225'599'042L, 253'402'300'799'999L}) {
    EXPECT_EQ(ParseTimestamp(FormatTimestamp(ms)).ms, ms);
  }
  for (const char* text : {"", "now", "2025-12-31", "2025-12-31T23:59:59Z"}) {
    EXPECT_EQ(ParseTimestamp(text), Timestamp()) << text;
  }
}

struct TimeCase {
  const char* json;
  std::optional<std::int64_t> ms;
  const char* wrong;
};

TEST(TimestampTest, IsWhatMayBeATimeInMilliseconds) {
  const TimeCase kCases[] = {
      {"1262304000000", 1262304000000, ""},
      {R"("1262304000000")", 1262304000000, ""},
      {"253402300799999", 253402300799999, ""},
      {"0", std::nullopt, ""},
      {R"("0")", std::nullopt, ""},
      {"1262303999999", std::nullopt, "is no time in milliseconds"},
      {"253402300800000", std::nullopt, "is no time in milliseconds"},
      {"-1", std::nullopt, "is no time in milliseconds"},
      {"1.5", std::nullopt, "is no whole number"},
      {"true", std::nullopt, "is no whole number"},
      {R"("")", std::nullopt, "is no whole number"},
      {"99999999999999999999999", std::nullopt, "is no whole number"},
  };
  for (const TimeCase& c : kCases) {
    Timestamp read;
    EXPECT_EQ(Rule<Timestamp>::Read(Json::Parse(c.json).value(), {}, read), c.wrong) << c.json;
    EXPECT_EQ(read.ms, c.ms) << c.json;
  }
}

}  // namespace
}  // namespace tfcpp::fields
