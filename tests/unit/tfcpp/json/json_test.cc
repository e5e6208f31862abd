#include "tfcpp/json/json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <stdexcept>
#include <string>
#include <string_view>

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
  const std::string texts[] = {"", " ", "nul", "tru", "01", "1.", ".5", "+1", "-", "1e", "1e400x", "[1e400,01]", "NaN",
                               "Infinity", "1 2", "[1,]", "[1", "]", "{\"a\"}", "{\"a\":1,}", "{a:1}", "'a'", "\"a",
                               "\"\n\"", "\"\\x\"", "\"\\ud800\"", "\"\xff\"", "\"\xed\xa0\x80\"",
                               // Half of a pair: RapidJSON itself refuses the first half only.
                               R"("\udc00")", R"("\uDFFF")", R"("a\ud83d\ude00\ude00")", R"("\ud83dx")",
                               R"("\ud83d\u0041")", R"({"\udc00":1})", R"(["\ude00\ud83d"])", "// c\n1", "1\0"s,
                               "{}\0{}"s, "\"a\0b\""s, Nested(65)};
  for (const std::string& text : texts) {
    const Result<Json> json = Json::Parse(text);
    ASSERT_FALSE(json.has_value()) << text;
    EXPECT_EQ(json.error().code, ErrorCode::kMalformed);
    EXPECT_THAT(json.error().message, StartsWith("not JSON at byte "));
  }
}

TEST(Json, RefusesAMemberThatIsThereTwice) {
  for (const char* text : {R"({"a":1,"a":1})", R"({"a":1,"b":2,"a":null})", R"([{"x":{"a":[],"a":{}}}])",
                           R"({"a":1,"\u0061":2})", R"({"":1,"":2})"}) {
    EXPECT_THAT(Json::Parse(text).error().message, HasSubstr("a member is there twice")) << text;
  }
  constexpr std::array<std::string_view, 1> kWanted = {"a"};
  EXPECT_FALSE(Json::Parse(R"({"b":1,"a":1,"a":2})", {.members = kWanted}).has_value());
  // What nobody reads is not looked at.
  EXPECT_TRUE(Json::Parse(R"({"b":1,"b":2,"a":1})", {.members = kWanted}).has_value());
  EXPECT_TRUE(Json::Parse(R"({"a":{"b":1},"c":{"b":1}})").has_value());
}

TEST(Json, ErrorsNameTheOffsetAndNeverTheText) {
  EXPECT_THAT(Json::Parse(R"({"token": "hunter2", bad})").error().message,
              testing::AllOf(HasSubstr("at byte 21"), Not(HasSubstr("hunter2")), Not(HasSubstr("bad"))));
  EXPECT_THAT(Json::Parse("[1e400, bad]").error().message, HasSubstr("at byte 8"));
  EXPECT_THAT(Json::Parse(std::string(100000, '[')).error().message, HasSubstr("nested too deeply"));
}

// --- Limits ---

struct LimitCase {
  const char* what;
  std::string text;
  JsonLimits limits;
  const char* message;  // nullptr: it is taken
};

std::string Repeat(std::string_view text, std::size_t times) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

TEST(Json, TakesNoMoreThanItsLimits) {
  static constexpr std::string_view kKnown[] = {"a", "b"};
  const LimitCase kCases[] = {
      {"bytes", "[1]", {.bytes = 3}, nullptr},
      {"more bytes", "[12]", {.bytes = 3}, "too large: more than 3 bytes"},
      {"values", "[1,{\"a\":2}]", {.values = 4}, nullptr},
      {"more values", "[1,{\"a\":2}]", {.values = 3}, "too large: more than 3 values"},
      {"empty values count", "[[],{},\"\",null]", {.values = 4}, "too large: more than 4 values"},
      {"with numbers beyond a double", "[1,1e400,2]", {.values = 3}, "too large: more than 3 values"},
      {"what is skipped does not count",
       R"({"x":[1,2,3,{"a":[4,5]}],"a":1})",
       {.values = 3, .members = kKnown},
       nullptr},
      {"what is not skipped counts",
       R"({"a":[1,2,3]})",
       {.values = 4, .members = kKnown},
       "too large: more than 4 values"},
      {"the first that is skipped counts",
       R"([{"x":1},{"x":1}])",
       {.values = 4, .members = kKnown},
       "too large: more than 4 values"},
      {"16 MiB", "\"" + std::string((16u << 20) - 2, 'a') + "\"", {}, nullptr},
      {"more than 16 MiB", "\"" + std::string((16u << 20) - 1, 'a') + "\"", {}, "too large: more than 16777216 bytes"},
      {"a million values", "[" + Repeat("0,", 999'998) + "0]", {}, nullptr},
      {"more than a million values", "[" + Repeat("0,", 999'999) + "0]", {}, "too large: more than 1000000 values"},
      {"members", "{" + Repeat("\"a\":0,", 1'000'000) + "\"a\":0}", {}, "too large: more than 1000000 values"},
      {"many that are skipped", "{\"x\":[" + Repeat("0,", 4'000'000) + "0]}", {.members = kKnown}, nullptr},
  };
  for (const LimitCase& c : kCases) {
    const Result<Json> json = Json::Parse(c.text, c.limits);
    ASSERT_EQ(json.has_value(), c.message == nullptr) << c.what << (json.has_value() ? "" : json.error().message);
    if (json.has_value()) continue;
    EXPECT_EQ(json.error().message, c.message) << c.what;
    EXPECT_EQ(json.error().reason, kTooLarge) << c.what;
    EXPECT_EQ(json.error().code, ErrorCode::kMalformed) << c.what;
  }
}

struct SkipCase {
  const char* text;
  const char* built;
};

TEST(Json, SkipsMembersThatAreNotWanted) {
  static constexpr std::string_view kWanted[] = {"a", "list", ""};
  const SkipCase kCases[] = {
      {R"({})", R"({})"},
      {R"({"a":1,"list":[true,{"a":"x"}]})", R"({"a":1,"list":[true,{"a":"x"}]})"},
      // The first stays, as null: an object that has something never looks empty.
      {R"({"x":1})", R"({"x":null})"},
      {R"({"x":1,"y":2,"x":3,"a":4})", R"({"x":null,"a":4})"},
      {R"({"x":"s","y":null,"z":true,"a":1})", R"({"x":null,"a":1})"},
      {R"({"x":{"a":1,"x":{"list":[]}},"a":2})", R"({"x":null,"a":2})"},
      {R"({"x":[[[{"a":1}]],{}],"a":2,"y":[]})", R"({"x":null,"a":2})"},
      {R"({"a":{"x":{},"y":[],"a":{"z":0}}})", R"({"a":{"x":null,"a":{"z":null}}})"},
      {R"([{"x":[1,{}]},{"x":1,"a":2},[{"y":{}}]])", R"([{"x":null},{"x":null,"a":2},[{"y":null}]])"},
      {R"({"x":1e400,"a":[1e400,-2.50],"y":[1e9999]})", R"({"x":null,"a":[1e400,-2.50]})"},
      {R"({"\u0061":1,"":2,"\u0078":3})", R"({"a":1,"":2,"x":null})"},
      {R"("x")", R"("x")"},
  };
  for (const SkipCase& c : kCases) {
    const Result<Json> json = Json::Parse(c.text, {.members = kWanted});
    ASSERT_TRUE(json.has_value()) << c.text << json.error().message;
    EXPECT_EQ(json->Write(), c.built) << c.text;
  }
  // What is skipped must be JSON all the same, and no deeper.
  for (const std::string& text :
       {std::string(R"({"x":[1,})"), std::string(R"({"x":{"y"}})"), std::string(R"({"x":"\udc00"})"),
        std::string(R"({"x":01})"), R"({"x":)" + Nested(64) + "}",
        std::string(R"({"x":[)") + std::string(100'000, '[')}) {
    EXPECT_FALSE(Json::Parse(text, {.members = kWanted}).has_value()) << text.substr(0, 40);
  }
  EXPECT_TRUE(Json::Parse(R"({"x":)" + Nested(63) + "}", {.members = kWanted}).has_value());
}

TEST(Json, FindsMembers) {
  const Json json = *Json::Parse(R"({"a":2,"b":"x","n":null})");
  EXPECT_EQ(json.Find("a")->number_text(), "2");
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
