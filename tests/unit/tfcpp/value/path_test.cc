#include "tfcpp/value/path.h"

#include <gtest/gtest.h>

#include "tfcpp/testing/value_matchers.h"

namespace tfcpp {
namespace {

TEST(Path, ToStringReadsLikeTheConfiguration) {
  EXPECT_EQ(Path().ToString(), "");
  EXPECT_EQ(Path("http_url_spec").Attribute("url").ToString(), "http_url_spec.url");
  EXPECT_EQ(Path("tags").Key("a \"b\"").ToString(), R"(tags["a \"b\""])");
  EXPECT_EQ(Path("list").Index(0).Attribute("x").ToString(), "list[0].x");
}

TEST(Path, ToStringKeepsElementsOfSetsToItself) {
  const Path path = Path("set").Element(Value::String("hunter2")).Attribute("x");
  EXPECT_EQ(path.ToString(), "set[...].x");
}

TEST(Path, EqualityIsByStep) {
  EXPECT_EQ(Path("a").Attribute("b"), Path().Attribute("a").Attribute("b"));
  const Path different[] = {Path(),
                            Path("a"),
                            Path("a").Attribute("b"),
                            Path("a").Key("b"),
                            Path("a").Index(0),
                            Path("a").Index(1),
                            Path("a").Element(Value::Int(0)),
                            Path("a").Element(Value::Int(1))};
  for (const Path& a : different) {
    for (const Path& b : different) EXPECT_EQ(a == b, &a == &b);
  }
}

TEST(Path, GoingOnLeavesTheParentAsItIs) {
  const Path parent("a");
  EXPECT_EQ(parent.Attribute("b").steps().size(), 2u);
  EXPECT_EQ(parent.steps().size(), 1u);
  EXPECT_TRUE(Path().empty());
}

}  // namespace
}  // namespace tfcpp
