#include "tfcpp/codec/proto_value.h"

#include <gtest/gtest.h>

#include "hex.h"
#include "tfcpp/value/parse.h"

namespace tfcpp {
namespace {

const Type kType = Type::Object({{"a", Type::String()}, {"n", Type::Number()}});

TEST(ProtoValue, AlwaysAnswersMessagePack) {
  const tfplugin6::DynamicValue message = ToProto(ParseValue(R"({a: "x", n: 1})", kType).value(), kType);
  EXPECT_EQ(ToHex(message.msgpack()), "82 a1 61 a1 78 a1 6e 01");
  EXPECT_TRUE(message.json().empty());
  EXPECT_EQ(ToHex(ToProto(Value::Null(kType), kType).msgpack()), "c0");  // explicit, not absent
}

TEST(ProtoValue, ReadsBothForms) {
  tfplugin6::DynamicValue msgpack;
  msgpack.set_msgpack(Hex("82 a1 61 d4 00 00 a1 6e c0"));
  EXPECT_EQ(FromProto(msgpack, kType).value().ToString(), "{a: ?, n: null}");

  tfplugin6::DynamicValue json;
  json.set_json(R"({"a":"x"})");
  EXPECT_EQ(FromProto(json, kType).value().ToString(), R"({a: "x", n: null})");

  EXPECT_TRUE(FromProto(tfplugin6::DynamicValue(), kType).value().is_null());
}

}  // namespace
}  // namespace tfcpp
