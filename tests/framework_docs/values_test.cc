#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

#include "framework_docs/values.md.h"

namespace {

using testing::ElementsAre;

TEST(ValuesPage, TheNotation) {
  EXPECT_EQ(ExampleNote().ToString(), R"({body: null, revision: ?, tags: ["a", "b"], title: "First"})");
}

TEST(ValuesPage, TheTableOfStates) {
  struct Case {
    Value value;
    bool is_null, is_known, is_set, may_be_null;
  };
  for (const Case& c :
       {Case{Value::String(""), false, true, true, false}, Case{Value::Bool(false), false, true, true, false},
        Case{Value::List(Type::String(), {}), false, true, true, false},
        Case{Value::Null(Type::String()), true, true, false, true},
        Case{Value::Unknown(Type::String()), false, false, false, true},
        Case{Value::Unknown(Type::String(), /*not_null=*/true), false, false, false, false}}) {
    EXPECT_EQ(c.value.is_null(), c.is_null) << c.value.ToString();
    EXPECT_EQ(c.value.is_known(), c.is_known) << c.value.ToString();
    EXPECT_EQ(c.value.is_set(), c.is_set) << c.value.ToString();
    EXPECT_EQ(c.value.may_be_null(), c.may_be_null) << c.value.ToString();
  }
  EXPECT_THROW(Value::Null(Type::String()).AsString(), std::logic_error);
  EXPECT_THROW(Value::Unknown(Type::String()).AsString(), std::logic_error);
  EXPECT_THROW(Value::Int(1).AsString(), std::logic_error);
}

TEST(ValuesPage, ReadingAndChanging) {
  EXPECT_EQ(TitleOf(ExampleNote()), "First");
  EXPECT_EQ(TitleOf(ExampleNote().With("title", Value::Unknown(Type::String()))), std::nullopt);
  EXPECT_THAT(UnknownParts(ExampleNote()), ElementsAre("revision"));
  EXPECT_FALSE(ExampleNote().is_wholly_known());
  EXPECT_EQ(TitleOf(Renamed(ExampleNote(), "Second")), "Second");
  const Value rule = Value::Object({{"ports", Value::List(Type::Number(), {Value::Int(80)})}});
  EXPECT_EQ(WithFirstPort(rule, 443).ToString(), "{ports: [443]}");
  const Value none = Value::Object({{"ports", Value::List(Type::Number(), {})}});
  EXPECT_EQ(WithFirstPort(none, 443), none);
}

}  // namespace
