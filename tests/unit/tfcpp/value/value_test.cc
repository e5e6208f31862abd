#include "tfcpp/value/value.h"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <vector>

#include "tfcpp/testing/value_matchers.h"

namespace tfcpp {
namespace {

const Type kStrings = Type::Set(Type::String());

TEST(Value, NullAndUnknownAreValuesWithAType) {
  const Value null = Value::Null(Type::String());
  EXPECT_TRUE(null.is_null());
  EXPECT_TRUE(null.is_known());
  EXPECT_FALSE(null.is_set());
  EXPECT_TRUE(null.may_be_null());
  EXPECT_EQ(null.type(), Type::String());

  const Value unknown = Value::Unknown(Type::String());
  EXPECT_FALSE(unknown.is_null());
  EXPECT_FALSE(unknown.is_known());
  EXPECT_FALSE(unknown.is_set());
  EXPECT_TRUE(unknown.may_be_null());
  EXPECT_FALSE(Value::Unknown(Type::String(), true).may_be_null());

  EXPECT_TRUE(Value::String("").is_set());
  EXPECT_FALSE(Value::String("").may_be_null());
  EXPECT_EQ(Value(), Value::Null(Type::Dynamic()));
}

TEST(Value, EqualityLooksAtTypeAndForm) {
  const Value different[] = {
      Value(),
      Value::Null(Type::String()),
      Value::Null(Type::Bool()),
      Value::Unknown(Type::String()),
      Value::Unknown(Type::String(), true),
      Value::Unknown(Type::Bool()),
      Value::String(""),
      Value::String("a"),
      Value::String(std::string("a\0", 2)),
      Value::Bool(false),
      Value::Bool(true),
      Value::Int(0),
      Value::Int(1),
      Value::List(Type::String(), {}),
      Value::List(Type::Bool(), {}),
      Value::Set(Type::String(), {}),
      Value::Map(Type::String(), {}),
      Value::Tuple({}),
      Value::Object({}),
      Value::List(Type::String(), {Value::String("a"), Value::String("b")}),
      Value::List(Type::String(), {Value::String("b"), Value::String("a")}),
      Value::Tuple({Value::String("a"), Value::String("b")}),
      Value::Map(Type::String(), {{"a", Value::String("b")}}),
      Value::Object({{"a", Value::String("b")}}),
      Value::Object({{"a", Value::Null(Type::String())}}),
      Value::Object({{"b", Value::String("b")}}),
  };
  for (const Value& a : different) {
    for (const Value& b : different) {
      SCOPED_TRACE(a.ToString() + " " + b.ToString());
      EXPECT_EQ(a == b, &a == &b);
      EXPECT_EQ((a < b) + (b < a), &a == &b ? 0 : 1);
      for (const Value& c : different) EXPECT_FALSE(a < b && b < c && !(a < c)) << c.ToString();
    }
  }
}

TEST(Value, EqualWithoutSharingATree) {
  const auto make = [] {
    return Value::Object({{"a", Value::List(Type::Number(), {Value::Int(1)})}, {"b", Value::Unknown(Type::Bool())}});
  };
  EXPECT_EQ(make(), make());
  EXPECT_FALSE(make() < make());
  EXPECT_EQ(Value::Num(*Number::Parse("1.00")), Value::Int(1));
}

TEST(Value, SetsAreSortedWithoutRepetition) {
  const Value set = Value::Set(Type::String(), {Value::String("b"), Value::String("a"), Value::String("b")});
  EXPECT_EQ(set.ToString(), R"(["a", "b"])");
  EXPECT_EQ(set, Value::Set(Type::String(), {Value::String("a"), Value::String("b")}));
  EXPECT_EQ(V("[1.0, 1, 1.00]", Type::Set(Type::Number())).ToString(), "[1]");
  EXPECT_EQ(V("[null, null]", kStrings).ToString(), "[null]");
}

TEST(Value, SetsKeepUnknownElements) {
  EXPECT_EQ(V(R"([?, "a", ?, "a"])", kStrings).ToString(), R"([?, ?, "a"])");
  const Type spec = Type::Object({{"url", Type::String()}, {"n", Type::Number()}});
  EXPECT_EQ(V("[{url: ?, n: 1}, {n: 1, url: ?}, {n: 1}]", Type::Set(spec)).ToString(),
            "[{n: 1, url: null}, {n: 1, url: ?}, {n: 1, url: ?}]");
}

TEST(Value, KnowsWhetherAnythingInsideIsUnknown) {
  const Type type = Type::Object({{"events", kStrings}, {"spec", Type::Object({{"url", Type::String()}})}});
  EXPECT_TRUE(V(R"({events: ["a"], spec: null})", type).is_wholly_known());
  EXPECT_FALSE(V(R"({events: ["a", ?]})", type).is_wholly_known());
  EXPECT_FALSE(V("{spec: {url: ?!}}", type).is_wholly_known());
  EXPECT_TRUE(V("{spec: {url: ?}}", type).is_known());
  EXPECT_FALSE(V("{k: ?}", Type::Map(Type::Bool())).is_wholly_known());
  EXPECT_FALSE(V("[1, [?]]", Type::Dynamic()).is_wholly_known());
  EXPECT_FALSE(V("?", type).is_wholly_known());
}

TEST(Value, MembersOfObjectsAndMaps) {
  const Type type = Type::Object({{"a", Type::String()}, {"b", Type::Bool()}});
  const Value object = V(R"({a: "x"})", type);
  EXPECT_EQ(object.Get("a").AsString(), "x");
  EXPECT_EQ(object.Get("b"), Value::Null(Type::Bool()));
  EXPECT_TRUE(object.Has("b"));
  EXPECT_FALSE(object.Has("c"));
  EXPECT_FALSE(Value::Null(type).Has("a"));
  EXPECT_EQ(object.With("b", Value::Bool(true)).ToString(), R"({a: "x", b: true})");
  EXPECT_EQ(object.ToString(), R"({a: "x", b: null})");  // unchanged
  EXPECT_EQ(object.With("c", Value::Int(1)).type(),
            Type::Object({{"a", Type::String()}, {"b", Type::Bool()}, {"c", Type::Number()}}));

  const Value map = V("{k: 1}", Type::Map(Type::Number()));
  EXPECT_EQ(map.With("l", Value::Int(2)), V("{k: 1, l: 2}", Type::Map(Type::Number())));
}

TEST(Value, MisuseThrows) {
  const Value object = Value::Object({{"a", Value::Int(1)}});
  EXPECT_THROW(static_cast<void>(Value::Null(Type::String()).AsString()), std::logic_error);
  EXPECT_THROW(static_cast<void>(Value::Unknown(Type::Bool()).AsBool()), std::logic_error);
  EXPECT_THROW(static_cast<void>(Value::String("1").AsNumber()), std::logic_error);
  EXPECT_THROW(static_cast<void>(object.Elements()), std::logic_error);
  EXPECT_THROW(static_cast<void>(Value::Tuple({}).Entries()), std::logic_error);
  EXPECT_THROW(static_cast<void>(object.Get("b")), std::logic_error);
  EXPECT_THROW(Value::Null(object.type()).With("a", Value::Int(1)), std::logic_error);
}

}  // namespace
}  // namespace tfcpp
