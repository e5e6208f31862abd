#include "json/json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

namespace tfcpp {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

std::string Nested(std::size_t levels) { return std::string(levels, '[') + std::string(levels, ']'); }

TEST(Json, WritesWhatItHasRead) {
  const std::string texts[] = {"null", "true", "false", "0", "-0", "12", "0.1", "1.00", "1E+2", "1.5e-400",
                               "18446744073709551615",
                               // Beyond a double.
                               "1e400", "-1e99999999999", R"({"a":[1e400,{"b":-1.5}],"c":"1e400","d":2})",
                               "[" + std::string(400, '9') + ",7]", R"("")", R"("a\"\\\n\u0001/é€😀")", R"("a\u0000b")",
                               "[]", "{}", R"([1,"a",null,[],{}])", R"({"b":1,"a":{"c":[true]}})", Nested(64)};
  for (const std::string& text : texts) {
    const Result<Json> json = Json::Parse(text);
    ASSERT_TRUE(json.has_value()) << text << ": " << json.error().message;
    EXPECT_EQ(json->Write(), text);
  }
}

TEST(Json, ReadsOtherSpellings) {
  EXPECT_EQ(Json::Parse(" {\"a\" :\n[ 1 ,2]\t}\r\n")->Write(), R"({"a":[1,2]})");
  EXPECT_EQ(Json::Parse(R"("\u00e9\ud83d\ude00\/")")->string(), "é😀/");
  EXPECT_EQ(Json::Parse("\xef\xbb\xbf{}")->Write(), "{}");
}

TEST(Json, RefusesWhatIsNoJson) {
  using namespace std::string_literals;
  const std::string texts[] = {
      "",        " ",    "nul",     "tru",       "01",          "1.",         ".5",
      "+1",      "-",    "1e",      "1e400x",    "[1e400,01]",  "NaN",        "Infinity",
      "1 2",     "[1,]", "[1",      "]",         "{\"a\"}",     "{\"a\":1,}", "{a:1}",
      "'a'",     "\"a",  "\"\n\"",  "\"\\x\"",   "\"\\ud800\"", "\"\xff\"",   "\"\xed\xa0\x80\"",
      "// c\n1", "1\0"s, "{}\0{}"s, "\"a\0b\""s, Nested(65)};
  for (const std::string& text : texts) {
    const Result<Json> json = Json::Parse(text);
    ASSERT_FALSE(json.has_value()) << text;
    EXPECT_EQ(json.error().code, ErrorCode::kMalformed);
    EXPECT_THAT(json.error().message, StartsWith("not JSON at byte "));
  }
}

TEST(Json, ErrorsNameTheOffsetAndNeverTheText) {
  EXPECT_THAT(Json::Parse(R"({"token": "hunter2", bad})").error().message,
              testing::AllOf(HasSubstr("at byte 21"), Not(HasSubstr("hunter2")), Not(HasSubstr("bad"))));
  EXPECT_THAT(Json::Parse("[1e400, bad]").error().message, HasSubstr("at byte 8"));
  EXPECT_THAT(Json::Parse(std::string(100000, '[')).error().message, HasSubstr("nested too deeply"));
}

TEST(Json, FindsMembers) {
  const Json json = *Json::Parse(R"({"a":1,"b":"x","n":null,"a":2})");
  EXPECT_EQ(json.Find("a")->number_text(), "2");  // the last one counts
  EXPECT_EQ(json.Find("z"), nullptr);
  EXPECT_EQ(json.FindString("b"), "x");
  EXPECT_EQ(json.FindString("a"), std::nullopt);
  EXPECT_EQ(json.FindString("n"), std::nullopt);
  EXPECT_EQ(Json::Parse("[]")->Find("a"), nullptr);
}

TEST(Json, Int64FromANumberOrDigits) {
  const struct {
    const char* text;
    std::optional<std::int64_t> expected;
  } rows[] = {
      {"12", 12},
      {R"("12")", 12},
      {"-7", -7},
      {"9223372036854775807", INT64_MAX},
      {R"("-9223372036854775808")", INT64_MIN},
      {"9223372036854775808", std::nullopt},
      {"1.5", std::nullopt},
      {R"("")", std::nullopt},
      {R"("12 ")", std::nullopt},
      {R"("x")", std::nullopt},
      {"true", std::nullopt},
      {"null", std::nullopt},
  };
  for (const auto& row : rows) EXPECT_EQ(Json::Parse(row.text)->AsInt64(), row.expected) << row.text;
}

TEST(Json, BuildsWhatParseReads) {
  const Json built = Json::Object({{"id", Json::String("7")},
                                   {"list", Json::Array({Json::Int(INT64_MIN), Json::Bool(true), Json::Null()})},
                                   {"n", Json::NumberText("0.10")}});
  EXPECT_EQ(built.Write(), R"({"id":"7","list":[-9223372036854775808,true,null],"n":0.10})");
  EXPECT_EQ(*Json::Parse(built.Write()), built);
  EXPECT_NE(Json::String("7"), Json::Int(7));
}

TEST(Json, MisuseThrows) {
  EXPECT_THROW(static_cast<void>(Json::Int(1).string()), std::logic_error);
  EXPECT_THROW(static_cast<void>(Json::String("1").number_text()), std::logic_error);
  EXPECT_THROW(static_cast<void>(Json::Null().boolean()), std::logic_error);
  EXPECT_THROW(static_cast<void>(Json::Null().elements()), std::logic_error);
  EXPECT_THROW(static_cast<void>(Json::Array({}).members()), std::logic_error);
}

}  // namespace
}  // namespace tfcpp
