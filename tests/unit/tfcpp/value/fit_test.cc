#include "tfcpp/value/fit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tfcpp/testing/value_matchers.h"

namespace tfcpp {
namespace {

using testing::ElementsAre;
using testing::ElementsAreArray;
using testing::IsEmpty;

const Type& ThingType() {
  static const Type kType = Type::Object({{"name", Type::String()},
                                          {"tags", Type::Set(Type::String())},
                                          {"steps", Type::List(Type::Number())},
                                          {"routes", Type::Map(Type::Object({{"to", Type::String()}}))},
                                          {"pair", Type::Tuple({Type::String(), Type::Bool()})},
                                          {"any", Type::Dynamic()}});
  return kType;
}
Value Thing() {
  return Value::Object({{"name", Value::String("a")},
                        {"tags", Value::Set(Type::String(), {Value::String("t")})},
                        {"steps", Value::List(Type::Number(), {Value::Int(1)})},
                        {"routes", Value::Map(Type::Object({{"to", Type::String()}}),
                                              {{"k", Value::Object({{"to", Value::String("b")}})}})},
                        {"pair", Value::Tuple({Value::String("p"), Value::Bool(true)})},
                        {"any", Value::Int(1)}});
}

TEST(FitTest, WhatFitsStaysAsItIs) {
  const Fitted fitted = Fit(Thing(), ThingType());
  EXPECT_THAT(fitted.faults, IsEmpty());
  EXPECT_EQ(fitted.value, Thing());
}

TEST(FitTest, NullsAndUnknownValuesGetTheTypeOfTheirPlace) {
  const Value loose = Thing().With("name", Value()).With("tags", Value::Unknown(Type::Dynamic(), true));
  const Fitted fitted = Fit(loose, ThingType());
  EXPECT_THAT(fitted.faults, IsEmpty());
  EXPECT_EQ(fitted.value.Get("name"), Value::Null(Type::String()));
  EXPECT_EQ(fitted.value.Get("tags"), Value::Unknown(Type::Set(Type::String()), true));
}

TEST(FitTest, WhatDoesNotFitIsNamedAndNull) {
  const struct {
    Value value;
    std::vector<std::string> faults;
  } rows[] = {
      {Value::Int(1), {"it must be an object, but is a number"}},
      {Thing().With("name", Value::Int(1)), {"name must be a string, but is a number"}},
      {Thing().With("nmae", Value::Int(1)), {"nmae is no attribute of the schema"}},
      {Thing().With("tags", Value::List(Type::String(), {})),
       {"tags must be a set of string, but is a list of string"}},
      {Thing().With("tags", Value::Set(Type::String(), {Value::Int(1)})),
       {"tags[...] must be a string, but is a number"}},
      {Thing().With("steps", Value::List(Type::Number(), {Value::Int(1), Value::String("s")})),
       {"steps[1] must be a number, but is a string"}},
      {Thing().With("routes", Value::Map(Type::Object({}), {{"k", Value::Object({})}})),
       {"routes[\"k\"].to is missing"}},
      {Thing().With("pair", Value::Tuple({Value::String("p")})), {"pair must be a tuple, but is a tuple"}},
      {Thing().With("any", Value::List(Type::Number(), {Value::String("s")})),
       {"any[0] must be a number, but is a string"}},
      {Thing().With("name", Value::Int(1)).With("steps", Value::Bool(true)),
       {"name must be a string, but is a number", "steps must be a list of number, but is a bool"}},
  };
  for (const auto& row : rows) {
    const Fitted fitted = Fit(row.value, ThingType());
    EXPECT_THAT(fitted.faults, ElementsAreArray(row.faults));
    EXPECT_TRUE(fitted.value.is_null() || Fit(fitted.value, ThingType()).faults.empty());
  }
  EXPECT_TRUE(Fit(Thing().With("name", Value::Int(1)), ThingType()).value.Get("name").is_null());
}

TEST(FitTest, FaultsAreNamedUpToTen) {
  const std::vector<Value> many(100, Value::Int(1));
  EXPECT_EQ(Fit(Value::List(Type::String(), many), Type::List(Type::String())).faults.size(), 10u);
}

TEST(FitTest, PathsLeadSomewhereOrNot) {
  for (const Path& path : {Path(), Path("name"), Path("tags").Element(Value()), Path("steps").Index(7),
                           Path("routes").Key("x").Attribute("to"), Path("pair").Index(1), Path("any").Key("x")}) {
    EXPECT_TRUE(LeadsSomewhere(path, ThingType())) << path.ToString();
  }
  for (const Path& path :
       {Path("nmae"), Path("name").Attribute("x"), Path("tags").Index(0), Path("steps").Key("x"),
        Path("routes").Attribute("x"), Path("routes").Key("x").Attribute("ot"), Path("pair").Index(2)}) {
    EXPECT_FALSE(LeadsSomewhere(path, ThingType())) << path.ToString();
  }
}

TEST(FitTest, TheOutermostUnknownPlacesAreFound) {
  EXPECT_THAT(UnknownIn(Thing()), IsEmpty());
  EXPECT_THAT(UnknownIn(Value::Unknown(ThingType())), ElementsAre(Path()));
  EXPECT_THAT(UnknownIn(Thing()
                            .With("name", Value::Unknown(Type::String()))
                            .With("steps", Value::List(Type::Number(), {Value::Unknown(Type::Number())}))),
              ElementsAre(Path("name"), Path("steps").Index(0)));
}

}  // namespace
}  // namespace tfcpp
