#include "tfcpp/codec/state_json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

#include "tfcpp/value/parse.h"

namespace tfcpp {
namespace {

using testing::HasSubstr;
using testing::Not;

Type T(const char* json) { return Type::FromJson(json).value(); }
Value V(std::string_view text, const Type& type) { return ParseValue(text, type).value(); }

struct Row {
  const char* name;
  const char* type;
  const char* value;
  const char* json;
};
const Row kBothWays[] = {
    {"null", R"("string")", "null", "null"},
    {"string", R"("string")", R"("a")", R"("a")"},
    {"bool", R"("bool")", "false", "false"},
    {"number", R"("number")", "12", "12"},
    {"exact decimal", R"("number")", "0.1", "0.1"},
    {"large number", R"("number")", "18446744073709551615", "18446744073709551615"},
    {"set", R"(["set","string"])", R"(["a", "b"])", R"(["a","b"])"},
    {"list", R"(["list","number"])", "[2, 1]", "[2,1]"},
    {"map", R"(["map","bool"])", "{k: true}", R"({"k":true})"},
    {"tuple", R"(["tuple",["string","number"]])", R"(["a", 1])", R"(["a",1])"},
    {"object", R"(["object",{"id":"string","spec":["object",{"url":"string"}]}])", R"({id: "1", spec: {url: null}})",
     R"({"id":"1","spec":{"url":null}})"},
};

TEST(StateJson, EncodesAndDecodes) {
  for (const Row& row : kBothWays) {
    SCOPED_TRACE(row.name);
    const Type type = T(row.type);
    const Value value = V(row.value, type);
    EXPECT_EQ(EncodeStateJson(value, type), row.json);
    const Result<Value> decoded = DecodeStateJson(row.json, type);
    ASSERT_TRUE(decoded.has_value()) << decoded.error().message;
    EXPECT_TRUE(*decoded == value) << decoded->ToString();
  }
}

const Row kDecodeOnly[] = {
    {"members that the type lacks are dropped", R"(["object",{"a":"string"}])", R"({a: "x"})",
     R"({"old":[1,{}],"a":"x"})"},
    {"missing members are null", R"(["object",{"a":"string","b":["set","string"]}])", "{a: null, b: null}", "{}"},
    {"white space as stored", R"(["object",{"a":"bool"}])", "{a: true}", "{\n  \"a\": true\n}\n"},
    {"number kept as text", R"("number")", "12", R"("12")"},
    {"text kept as number", R"("string")", R"("12")", "12"},
    {"text kept as bool", R"("string")", R"("true")", "true"},
    {"bool kept as text", R"("bool")", "true", R"("true")"},
    {"set in any order, with repetition", R"(["set","string"])", R"(["a", "b"])", R"(["b","a","b"])"},
};

TEST(StateJson, DecodesStatesOfOtherVersions) {
  for (const Row& row : kDecodeOnly) {
    SCOPED_TRACE(row.name);
    const Type type = T(row.type);
    const Result<Value> decoded = DecodeStateJson(row.json, type);
    ASSERT_TRUE(decoded.has_value()) << decoded.error().message;
    EXPECT_TRUE(*decoded == V(row.value, type)) << decoded->ToString();
  }
}

TEST(StateJson, DynamicMembersCarryTheirType) {
  const Type type = T(R"(["object",{"any":"dynamic"}])");
  const Value value = Value::Object({{"any", Value::Set(Type::Number(), {Value::Int(1)})}});
  const std::string json = R"({"any":{"value":[1],"type":["set","number"]}})";
  EXPECT_EQ(EncodeStateJson(value, type), json);
  EXPECT_TRUE(DecodeStateJson(json, type).value() == value);
  EXPECT_TRUE(DecodeStateJson(R"({"any":null})", type).value() ==
              Value::Object({{"any", Value::Null(Type::Dynamic())}}));
  EXPECT_FALSE(DecodeStateJson(R"({"any":1})", type).has_value());
}

// Attributes may be called "type" and "value": an old state is taken as it is.
TEST(StateJson, WithoutATypeTheJsonIsTakenAsItIs) {
  const Value old =
      DecodeStateJson(R"({"type":"string","value":"x","n":1.5,"l":["a",true],"o":{"z":null}})", Type::Dynamic())
          .value();
  EXPECT_EQ(old.ToString(), R"({l: ["a", true], n: 1.5, o: {z: null}, type: "string", value: "x"})");
  EXPECT_EQ(old.Get("l").type().kind(), Type::Kind::kTuple);
}

struct Refusal {
  const char* type;
  const char* json;
  const char* message;
};
const Refusal kRefusals[] = {
    {R"(["object",{"a":["list","number"]}])", R"({"a":[1,"canary"]})", "a[1]: a number is required"},
    {R"("bool")", R"("canary")", "a bool is required"},
    {R"("string")", R"(["canary"])", "a string is required"},
    {R"(["set","string"])", R"({"canary":1})", "set of string is required"},
    {R"(["object",{}])", R"(["canary"])", "object is required"},
    {R"(["tuple",["string"]])", R"(["a","canary"])", "tuple is required"},
};

TEST(StateJson, RefusesWhatDoesNotFitAndShowsNoValue) {
  for (const Refusal& row : kRefusals) {
    SCOPED_TRACE(row.json);
    const Result<Value> decoded = DecodeStateJson(row.json, T(row.type));
    ASSERT_FALSE(decoded.has_value());
    EXPECT_EQ(decoded.error().code, ErrorCode::kMalformed);
    EXPECT_THAT(decoded.error().message, HasSubstr(row.message));
    EXPECT_THAT(decoded.error().message, Not(HasSubstr("canary")));
  }
  EXPECT_FALSE(DecodeStateJson("", Type::String()).has_value());
  EXPECT_FALSE(DecodeStateJson(R"({"a":)", Type::Dynamic()).has_value());
  EXPECT_FALSE(DecodeStateJson(std::string(100, '[') + std::string(100, ']'), Type::Dynamic()).has_value());
}

TEST(StateJson, RefusesMoreThan256MiB) {
  const Result<Value> decoded = DecodeStateJson(std::string(256u * 1024 * 1024 + 1, ' '), Type::String());
  ASSERT_FALSE(decoded.has_value());
  EXPECT_THAT(decoded.error().message, HasSubstr("256 MiB"));
}

TEST(StateJson, AStateHoldsNoUnknowns) {
  EXPECT_THROW(EncodeStateJson(Value::Unknown(Type::String()), Type::String()), std::logic_error);
}

}  // namespace
}  // namespace tfcpp
