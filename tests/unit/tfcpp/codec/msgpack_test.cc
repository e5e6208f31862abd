#include "tfcpp/codec/msgpack.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "hex.h"
#include "tfcpp/value/parse.h"

namespace tfcpp {
namespace {

using testing::HasSubstr;
using testing::Not;

Type T(const char* json) { return Type::FromJson(json).value(); }
Value V(std::string_view text, const Type& type) { return ParseValue(text, type).value(); }

struct Vector {
  const char* name;
  const char* type;
  const char* value;
  const char* bytes;
};

// Bytes as Terraform sends them; our encoding is the same.
const Vector kBothWays[] = {
    {"null", R"("string")", "null", "c0"},
    {"string", R"("string")", R"("ab")", "a2 61 62"},
    {"empty string is no null", R"("string")", R"("")", "a0"},
    {"bool", R"("bool")", "true", "c3"},
    {"unknown", R"("string")", "?", "d4 00 00"},
    {"unknown, not null", R"("string")", "?!", "c7 03 0c 81 01 c2"},
    {"whole number", R"("number")", "7", "07"},
    {"negative number", R"("number")", "-2", "fe"},
    {"least int64", R"("number")", "-9223372036854775808", "d3 80 00 00 00 00 00 00 00"},
    {"exact fraction", R"("number")", "1.5", "cb 3f f8 00 00 00 00 00 00"},
    {"0.1 is no double: decimal text", R"("number")", "0.1", "a3 30 2e 31"},
    {"beyond int64: decimal text", R"("number")", "18446744073709551615",
     "b4 31 38 34 34 36 37 34 34 30 37 33 37 30 39 35 35 31 36 31 35"},
    {"list", R"(["list","string"])", R"(["b", "a"])", "92 a1 62 a1 61"},
    {"list with an unknown", R"(["list","string"])", R"(["a", ?])", "92 a1 61 d4 00 00"},
    {"unknown list", R"(["list","string"])", "?", "d4 00 00"},
    {"set", R"(["set","string"])", R"(["a", "b"])", "92 a1 61 a1 62"},
    {"set with an unknown", R"(["set","string"])", R"([?])", "91 d4 00 00"},
    {"map", R"(["map","number"])", "{a: 1}", "81 a1 61 01"},
    {"tuple", R"(["tuple",["string","bool"]])", R"(["a", false])", "92 a1 61 c2"},
    {"object", R"(["object",{"id":"string","n":"number"}])", "{id: ?, n: null}", "82 a2 69 64 d4 00 00 a1 6e c0"},
    {"nested null", R"(["object",{"spec":["object",{"url":"string"}]}])", "{spec: null}", "81 a4 73 70 65 63 c0"},
};

TEST(Msgpack, EncodesAndDecodesWhatTerraformSends) {
  for (const Vector& row : kBothWays) {
    SCOPED_TRACE(row.name);
    const Type type = T(row.type);
    const Value value = V(row.value, type);
    EXPECT_EQ(ToHex(EncodeMsgpack(value, type)), row.bytes);
    const Result<Value> decoded = DecodeMsgpack(Hex(row.bytes), type);
    ASSERT_TRUE(decoded.has_value()) << decoded.error().message;
    EXPECT_EQ(decoded->ToString(), value.ToString());
    EXPECT_TRUE(*decoded == value);
  }
}

// Forms that are understood but never written.
const Vector kDecodeOnly[] = {
    {"absent is null", R"(["object",{"a":"string"}])", "null", ""},
    {"unknown with an empty payload", R"("string")", "?", "c7 00 00"},
    {"unknown of another extension type", R"("string")", "?", "d4 05 00"},
    {"not null, with a string prefix", R"("string")", "?!", "c7 09 0c 82 01 c2 02 a4 70 72 65 2d"},
    {"a refinement that says nothing of null", R"("string")", "?", "c7 07 0c 81 02 a4 70 72 65 2d"},
    {"a refinement that is no map", R"("string")", "?", "c7 01 0c c2"},
    {"a refinement that is cut", R"("string")", "?", "c7 02 0c 81 01"},
    {"not null, of unknown type", R"("dynamic")", "?", "c7 03 0c 81 01 c2"},
    {"unsigned beyond int64", R"("number")", "18446744073709551615", "cf ff ff ff ff ff ff ff ff"},
    {"whole double", R"("number")", "2", "cb 40 00 00 00 00 00 00 00"},
    {"float32", R"("number")", "1.5", "ca 3f c0 00 00"},
    {"1e400", R"("number")", "1e400", "a5 31 65 34 30 30"},
    {"set in any order, with repetition", R"(["set","string"])", R"(["a", "b"])", "93 a1 62 a1 61 a1 62"},
    {"object in any order", R"(["object",{"a":"bool","b":"bool"}])", "{a: true, b: false}", "82 a1 62 c2 a1 61 c3"},
    {"str16", R"("string")", R"("a")", "da 00 01 61"},
};

TEST(Msgpack, DecodesOtherForms) {
  for (const Vector& row : kDecodeOnly) {
    SCOPED_TRACE(row.name);
    const Type type = T(row.type);
    const Result<Value> decoded = DecodeMsgpack(Hex(row.bytes), type);
    ASSERT_TRUE(decoded.has_value()) << decoded.error().message;
    EXPECT_TRUE(*decoded == V(row.value, type)) << decoded->ToString();
  }
}

TEST(Msgpack, DynamicValuesCarryTheirType) {
  const Type type = T(R"(["object",{"any":"dynamic"}])");
  const Value value = Value::Object({{"any", Value::List(Type::String(), {Value::String("a")})}});
  const std::string bytes = EncodeMsgpack(value, type);
  // Type JSON as bin, then the value.
  EXPECT_EQ(bytes, Hex("81 a3 61 6e 79 92 c4 11") + R"(["list","string"])" + Hex("91 a1 61"));
  EXPECT_TRUE(DecodeMsgpack(bytes, type).value() == value);

  const std::string as_str = Hex("81 a3 61 6e 79 92 b1") + R"(["list","string"])" + Hex("91 a1 61");
  EXPECT_TRUE(DecodeMsgpack(as_str, type).value() == value);

  const Value null = Value::Object({{"any", Value::Null(Type::Dynamic())}});
  EXPECT_EQ(EncodeMsgpack(null, type), Hex("81 a3 61 6e 79 c0"));
  EXPECT_TRUE(DecodeMsgpack(Hex("81 a3 61 6e 79 c0"), type).value() == null);

  const Value unknown = Value::Object({{"any", Value::Unknown(Type::Dynamic())}});
  EXPECT_EQ(EncodeMsgpack(unknown, type), Hex("81 a3 61 6e 79 d4 00 00"));
  EXPECT_TRUE(DecodeMsgpack(Hex("81 a3 61 6e 79 d4 00 00"), type).value() == unknown);

  const Value typed_unknown = Value::Object({{"any", Value::Unknown(Type::String(), true)}});
  EXPECT_EQ(EncodeMsgpack(typed_unknown, type),
            Hex("81 a3 61 6e 79 92 c4 08") + R"("string")" + Hex("c7 03 0c 81 01 c2"));
}

TEST(Msgpack, ElementsOfDynamicTypeMustAgree) {
  const Type type = T(R"(["list","dynamic"])");
  const std::string text = Hex("92 c4 08") + R"("string")" + Hex("a1 61");
  const std::string flag = Hex("92 c4 06") + R"("bool")" + Hex("c3");
  EXPECT_TRUE(DecodeMsgpack(Hex("92") + text + text, type).value() ==
              Value::List(Type::String(), {Value::String("a"), Value::String("a")}));
  EXPECT_FALSE(DecodeMsgpack(Hex("92") + text + flag, type).has_value());
}

struct Refusal {
  const char* name;
  const char* type;
  const char* bytes;
  const char* message;
};
const Refusal kRefusals[] = {
    {"missing attribute", R"(["object",{"a":"string","b":"string"}])", "81 a1 61 a0", "attribute \"b\" is required"},
    {"extra attribute", R"(["object",{"a":"string"}])", "82 a1 61 a0 a1 62 a0", "unsupported attribute \"b\""},
    {"attribute given twice", R"(["object",{"a":"string"}])", "82 a1 61 a0 a1 61 a0", "\"a\" is given twice"},
    {"no UTF-8", R"(["list","string"])", "91 a1 ff", "[0]: a string must be UTF-8"},
    {"a key that is no UTF-8", R"(["map","string"])", "81 a1 ff a0", "keys must be UTF-8"},
    {"key that is no string", R"(["map","string"])", "81 01 a0", "keys must be strings"},
    {"number for string", R"(["object",{"spec":["object",{"url":"string"}]}])", "81 a4 73 70 65 63 81 a3 75 72 6c 07",
     "spec.url: a string is required"},
    {"no number", R"(["map","number"])", "81 a1 6b a1 78", "[\"k\"]: a number is required"},
    {"not a number", R"("number")", "cb 7f f8 00 00 00 00 00 00", "a finite number is required"},
    {"infinity", R"("number")", "cb 7f f0 00 00 00 00 00 00", "a finite number is required"},
    {"string for bool", R"(["list","bool"])", "92 c3 a1 78", "[1]: a bool is required"},
    {"map for list", R"(["list","bool"])", "80", "list of bool is required"},
    {"list for object", R"(["object",{}])", "90", "object is required"},
    {"tuple of another length", R"(["tuple",["bool"]])", "90", "1 elements is required (0 given)"},
    {"dynamic without a type", R"("dynamic")", "a1 78", "a pair of type and value"},
    {"dynamic with bad type", R"("dynamic")", "92 c4 01 78 c0", "no type"},
    {"cut", R"("string")", "a5 61", "not well-formed"},
    {"bytes too many", R"("string")", "a0 a0", "not well-formed"},
    {"unused code", R"("string")", "c1", "not well-formed"},
    {"promises 4 billion elements", R"(["list","string"])", "dd ff ff ff ff a0", "not well-formed"},
};

TEST(Msgpack, RefusesWhatDoesNotFitAndNamesThePlace) {
  for (const Refusal& row : kRefusals) {
    SCOPED_TRACE(row.name);
    const Result<Value> decoded = DecodeMsgpack(Hex(row.bytes), T(row.type));
    ASSERT_FALSE(decoded.has_value());
    EXPECT_EQ(decoded.error().code, ErrorCode::kMalformed);
    EXPECT_THAT(decoded.error().message, HasSubstr(row.message));
  }
}

TEST(Msgpack, ErrorsNeverShowAValue) {
  const Type type = T(R"(["object",{"secrets":["set","number"]}])");
  const std::string bytes = Hex("81 a7") + "secrets" + Hex("91 a6") + "canary";
  const std::string message = DecodeMsgpack(bytes, type).error().message;
  EXPECT_THAT(message, HasSubstr("secrets"));
  EXPECT_THAT(message, Not(HasSubstr("canary")));
}

TEST(Msgpack, RefusesDeepNesting) {
  Type type = Type::String();
  std::string bytes = Hex("a0");
  for (int i = 0; i < 64; ++i) {
    type = Type::List(type);
    bytes.insert(0, Hex("91"));
  }
  EXPECT_TRUE(DecodeMsgpack(bytes, type).has_value());
  const Result<Value> deeper = DecodeMsgpack(Hex("91") + bytes, Type::List(type));
  ASSERT_FALSE(deeper.has_value());
  EXPECT_THAT(deeper.error().message, HasSubstr("64 levels"));
}

TEST(Msgpack, RefusesMoreThan256MiB) {
  const Result<Value> decoded = DecodeMsgpack(std::string(256u * 1024 * 1024 + 1, '\xc0'), Type::String());
  ASSERT_FALSE(decoded.has_value());
  EXPECT_THAT(decoded.error().message, HasSubstr("256 MiB"));
}

TEST(Msgpack, EncodingAnotherTypeThanTheValueHasIsABug) {
  EXPECT_THROW(EncodeMsgpack(Value::String("a"), Type::Bool()), std::logic_error);
  EXPECT_THROW(EncodeMsgpack(Value::Object({}), Type::Object({{"a", Type::Bool()}})), std::logic_error);
  EXPECT_THROW(EncodeMsgpack(Value::Object({{"b", Value::Bool(true)}}), Type::Object({{"a", Type::Bool()}})),
               std::logic_error);
}

TEST(Msgpack, RandomBytesNeverBreakTheDecoder) {
  const Type type = T(R"(["object",{"a":["set","number"],"b":"dynamic","c":["map",["list","string"]]}])");
  const std::string sound = EncodeMsgpack(
      Value::Object(
          {{"a", Value::Set(Type::Number(), {Value::Int(1), Value::Num(Number::FromDouble(0.5))})},
           {"b", Value::Tuple({Value::String("x"), Value::Unknown(Type::Bool(), true)})},
           {"c", Value::Map(Type::List(Type::String()), {{"k", Value::List(Type::String(), {Value::String("v")})}})}}),
      type);
  std::mt19937 random(1);
  int accepted = 0;
  for (int i = 0; i < 20'000; ++i) {
    std::string bytes = sound;
    for (int change = 0; change < 3; ++change) {
      bytes[random() % bytes.size()] = static_cast<char>(random());
    }
    const Result<Value> decoded = DecodeMsgpack(bytes, type);
    if (!decoded.has_value()) continue;
    ++accepted;
    // What was accepted can be written and read again.
    EXPECT_TRUE(DecodeMsgpack(EncodeMsgpack(*decoded, type), type).value() == *decoded);
  }
  EXPECT_GT(accepted, 0);
}

}  // namespace
}  // namespace tfcpp
