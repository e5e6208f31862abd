#include "tfcpp/value/type.h"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

#include "tfcpp/testing/value_matchers.h"

namespace tfcpp {
namespace {

struct Row {
  Type type;
  const char* json;
  const char* words;
  bool has_dynamic = false;
};

std::vector<Row> Rows() {
  return {
      {Type::String(), R"("string")", "string"},
      {Type::Number(), R"("number")", "number"},
      {Type::Bool(), R"("bool")", "bool"},
      {Type::Dynamic(), R"("dynamic")", "dynamic", true},
      {Type::List(Type::String()), R"(["list","string"])", "list of string"},
      {Type::Set(Type::List(Type::Bool())), R"(["set",["list","bool"]])", "set of list of bool"},
      {Type::Map(Type::Dynamic()), R"(["map","dynamic"])", "map of dynamic", true},
      {Type::Object({}), R"(["object",{}])", "object"},
      {Type::Object({{"url", Type::String()}, {"retries", Type::Number()}}),
       R"(["object",{"retries":"number","url":"string"}])", "object"},
      {Type::Object({{"any", Type::Set(Type::Dynamic())}}), R"(["object",{"any":["set","dynamic"]}])", "object", true},
      {Type::Tuple({}), R"(["tuple",[]])", "tuple"},
      {Type::Tuple({Type::String(), Type::Dynamic()}), R"(["tuple",["string","dynamic"]])", "tuple", true},
  };
}

TEST(Type, JsonBothWays) {
  for (const Row& row : Rows()) {
    EXPECT_EQ(row.type.ToJson(), row.json);
    const Result<Type> read = Type::FromJson(row.json);
    ASSERT_TRUE(read.has_value()) << row.json;
    EXPECT_EQ(*read, row.type);
    EXPECT_EQ(row.type.FriendlyName(), row.words);
    EXPECT_EQ(row.type.has_dynamic(), row.has_dynamic) << row.json;
  }
}

TEST(Type, EachDiffersFromTheOthers) {
  const std::vector<Row> rows = Rows();
  for (const Row& a : rows) {
    for (const Row& b : rows) EXPECT_EQ(a.type == b.type, &a == &b) << a.json << " " << b.json;
  }
}

TEST(Type, NamesOfOptionalAttributesAreDropped) {
  EXPECT_EQ(*Type::FromJson(R"(["object",{"a":"string"},["a"]])"), Type::Object({{"a", Type::String()}}));
}

TEST(Type, RefusesOtherJson) {
  for (const char* json :
       {"", "null", "7", R"("text")", R"([])", R"(["list"])", R"(["list","text"])", R"(["list","string","string"])",
        R"(["bag","string"])", R"([1,"string"])", R"(["object",["string"]])", R"(["object",{"a":1}])",
        R"(["object",{},[],[]])", R"(["tuple","string"])", R"(["tuple",[1]])", R"({"list":"string"})"}) {
    const Result<Type> type = Type::FromJson(json);
    ASSERT_FALSE(type.has_value()) << json;
    EXPECT_EQ(type.error().code, ErrorCode::kMalformed);
  }
}

TEST(Type, NestingIsLimited) {
  const auto nested = [](std::size_t levels) {
    std::string json;
    for (std::size_t i = 0; i < levels; ++i) json += R"(["list",)";
    return json + R"("string")" + std::string(levels, ']');
  };
  EXPECT_TRUE(Type::FromJson(nested(64)).has_value());
  EXPECT_FALSE(Type::FromJson(nested(65)).has_value());
  EXPECT_FALSE(Type::FromJson(nested(100000)).has_value());
}

TEST(Type, MisuseThrows) {
  EXPECT_THROW(static_cast<void>(Type::String().element()), std::logic_error);
  EXPECT_THROW(static_cast<void>(Type::Tuple({Type::String()}).element()), std::logic_error);
  EXPECT_THROW(static_cast<void>(Type::Map(Type::String()).attributes()), std::logic_error);
  EXPECT_THROW(static_cast<void>(Type::List(Type::String()).tuple_elements()), std::logic_error);
}

}  // namespace
}  // namespace tfcpp
