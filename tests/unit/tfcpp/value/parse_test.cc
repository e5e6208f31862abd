#include "tfcpp/value/parse.h"

#include <gtest/gtest.h>

#include <string>

#include "tfcpp/testing/value_matchers.h"

namespace tfcpp {
namespace {

struct Row {
  const char* type;
  const char* text;
};
// Each text is in the form that ToString gives.
const Row kBothWays[] = {
    {R"("string")", "null"},
    {R"("string")", "?"},
    {R"("string")", "?!"},
    {R"("string")", R"("")"},
    {R"("string")", R"("a \"b\" \\ \n \u0000 é😀")"},
    {R"("string")", R"("null")"},
    {R"("bool")", "true"},
    {R"("bool")", "false"},
    {R"("bool")", "?!"},
    {R"("number")", "0"},
    {R"("number")", "-12"},
    {R"("number")", "1.5"},
    {R"("number")", "0.1"},
    {R"("number")", "18446744073709551615"},
    {R"("number")", "1e100000"},
    {R"(["list","string"])", "[]"},
    {R"(["list","string"])", R"(["b", "a", "b", null, ?])"},
    {R"(["list","string"])", "?"},
    {R"(["set","string"])", R"(["a", "b"])"},
    {R"(["set","string"])", R"([null, ?, ?!, "a"])"},
    {R"(["set",["object",{"n":"number"}]])", "[{n: 1}, {n: 2}]"},
    {R"(["map","bool"])", "{}"},
    {R"(["map","bool"])", R"({"": true, "a b": false, "a\"": null, k_1: ?})"},
    {R"(["map",["list","number"]])", "{a: [1, 2], b: []}"},
    {R"(["object",{}])", "{}"},
    {R"(["object",{"id":"string","spec":["object",{"url":"string"}]}])", R"({id: ?, spec: {url: "u"}})"},
    {R"(["object",{"id":"string","spec":["object",{"url":"string"}]}])", "{id: null, spec: ?!}"},
    {R"(["object",{"id":"string"}])", "null"},
    {R"(["tuple",["string","number"]])", R"(["a", 1])"},
    {R"(["tuple",[]])", "[]"},
    {R"("dynamic")", "null"},
    {R"("dynamic")", "?"},
};

TEST(ParseValue, InverseOfToString) {
  for (const Row& row : kBothWays) {
    SCOPED_TRACE(std::string(row.type) + " " + row.text);
    const Type type = Type::FromJson(row.type).value();
    const Result<Value> value = ParseValue(row.text, type);
    ASSERT_TRUE(value.has_value()) << value.error().message;
    EXPECT_EQ(value->type(), type);
    EXPECT_EQ(value->ToString(), row.text);
    EXPECT_EQ(V(value->ToString(), type), *value);
  }
}

TEST(ParseValue, ReadsFreelyWrittenText) {
  const Type type = Type::Object({{"a", Type::Set(Type::String())}, {"b", Type::Number()}, {"c", Type::Bool()}});
  EXPECT_EQ(V(" { \"b\" : 1.00,\n a:[ \"y\",\"x\",\"y\" ] } ", type).ToString(), R"({a: ["x", "y"], b: 1, c: null})");
}

TEST(ParseValue, DynamicTakesItsTypeFromTheText) {
  const struct {
    const char* text;
    const char* type;
  } rows[] = {
      {R"("a")", R"("string")"},
      {"1", R"("number")"},
      {"true", R"("bool")"},
      {R"(["a", 1])", R"(["tuple",["string","number"]])"},
      {"{a: {b: null}}", R"(["object",{"a":["object",{"b":"dynamic"}]}])"},
  };
  for (const auto& row : rows) EXPECT_EQ(V(row.text, Type::Dynamic()).type().ToJson(), row.type) << row.text;
}

TEST(ParseValue, RefusesWhatDoesNotFit) {
  const Row rows[] = {
      {R"("string")", ""},
      {R"("string")", "a"},
      {R"("string")", "1"},
      {R"("string")", R"("a)"},
      {R"("string")", R"("\)"},
      {R"("string")", R"("\x")"},
      {R"("string")", R"("a" "b")"},
      {R"("string")", "true"},
      {R"("string")", "[]"},
      {R"("string")", "{}"},
      {R"("string")", "??"},
      {R"("number")", R"("1")"},
      {R"("number")", "1.2.3"},
      {R"("number")", "nul"},
      {R"("bool")", "0"},
      {R"(["list","string"])", R"(["a" "b"])"},
      {R"(["list","string"])", R"(["a",])"},
      {R"(["list","string"])", R"(["a")"},
      {R"(["list","string"])", "[1]"},
      {R"(["list","string"])", "{}"},
      {R"(["map","bool"])", "[]"},
      {R"(["map","bool"])", "{k true}"},
      {R"(["map","bool"])", "{k: true,}"},
      {R"(["map","bool"])", "{: true}"},
      {R"(["map","bool"])", "{k: true"},
      {R"(["object",{"a":"string"}])", R"({b: "x"})"},
      {R"(["tuple",["string"]])", "[]"},
      {R"(["tuple",["string"]])", R"(["a", "b"])"},
  };
  for (const Row& row : rows) {
    const Result<Value> value = ParseValue(row.text, Type::FromJson(row.type).value());
    ASSERT_FALSE(value.has_value()) << row.type << " " << row.text;
    EXPECT_EQ(value.error().code, ErrorCode::kMalformed);
  }
}

TEST(ParseValue, NestingIsLimited) {
  const auto nested = [](std::size_t levels) { return std::string(levels, '[') + "1" + std::string(levels, ']'); };
  EXPECT_TRUE(ParseValue(nested(64), Type::Dynamic()).has_value());
  EXPECT_FALSE(ParseValue(nested(65), Type::Dynamic()).has_value());
  EXPECT_FALSE(ParseValue(std::string(100000, '['), Type::Dynamic()).has_value());
}

TEST(ValueInTests, TextThatIsNoValueIsABugOfTheTest) {
  EXPECT_THROW(V("oops", Type::String()), std::logic_error);
  EXPECT_EQ(testing::PrintToString(V(R"({a: ?})", Type::Object({{"a", Type::Bool()}}))), "{a: ?}");
}

}  // namespace
}  // namespace tfcpp
