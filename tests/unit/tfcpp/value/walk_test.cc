#include "tfcpp/value/walk.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <vector>

#include "tfcpp/testing/value_matchers.h"

namespace tfcpp {
namespace {

using testing::ElementsAre;

const Type kSpec = Type::Object({{"url", Type::String()}, {"tries", Type::List(Type::Number())}});
const Type kRoot = Type::Object({{"id", Type::String()},
                                 {"events", Type::Set(Type::String())},
                                 {"tags", Type::Map(Type::Bool())},
                                 {"spec", kSpec},
                                 {"pair", Type::Tuple({Type::String(), Type::Bool()})}});
const char kText[] =
    R"({id: ?, events: ["A", "B"], tags: {k: true}, spec: {url: "u", tries: [1, 2]}, pair: ["p", null]})";

TEST(At, FollowsEveryKindOfStep) {
  const Value root = V(kText, kRoot);
  const struct {
    Path path;
    const char* expected;
  } rows[] = {
      {Path("id"), "?"},
      {Path("events").Element(Value::String("B")), R"("B")"},
      {Path("tags").Key("k"), "true"},
      {Path("spec").Attribute("url"), R"("u")"},
      {Path("spec").Attribute("tries").Index(1), "2"},
      {Path("pair").Index(0), R"("p")"},
      {Path("pair").Index(1), "null"},
  };
  EXPECT_EQ(At(root, Path()), root);
  for (const auto& row : rows) {
    const auto part = At(root, row.path);
    ASSERT_TRUE(part.has_value()) << row.path.ToString();
    EXPECT_EQ(part->ToString(), row.expected);
  }
}

TEST(At, LeadsNowhere) {
  const Value root = V(kText, kRoot);
  for (const Path& path :
       {Path("none"), Path().Key("id"), Path("tags").Key("none"), Path("tags").Attribute("k"), Path("events").Index(0),
        Path("events").Element(Value::String("C")), Path("pair").Index(2), Path("pair").Index(-1),
        Path("pair").Index(1).Attribute("x"), Path("spec").Attribute("url").Index(0)}) {
    EXPECT_EQ(At(root, path), std::nullopt) << path.ToString();
  }
  EXPECT_EQ(At(Value::Null(kRoot), Path("id")), std::nullopt);
}

TEST(At, BelowAnUnknownEverythingIsUnknown) {
  const Value root = V("?", kRoot);
  const struct {
    Path path;
    Type type;
  } rows[] = {
      {Path(), kRoot},
      {Path("spec"), kSpec},
      {Path("spec").Attribute("tries").Index(7), Type::Number()},
      {Path("events").Element(Value::String("A")), Type::String()},
      {Path("tags").Key("any"), Type::Bool()},
      {Path("pair").Index(1), Type::Bool()},
      {Path("pair").Index(2), Type::Dynamic()},
      {Path("none"), Type::Dynamic()},
      {Path("none").Attribute("x"), Type::Dynamic()},
  };
  for (const auto& row : rows) EXPECT_EQ(At(root, row.path), Value::Unknown(row.type)) << row.path.ToString();
  EXPECT_EQ(At(V("{spec: ?!}", kRoot), Path("spec").Attribute("url")), Value::Unknown(Type::String()));
}

TEST(Walk, VisitsEveryPartParentsFirst) {
  std::vector<std::string> visited;
  const Value root = V(kText, kRoot);
  Walk(root, [&](const Path& path, const Value& value) {
    EXPECT_EQ(At(root, path), value);
    visited.push_back(path.ToString());
    return true;
  });
  EXPECT_THAT(visited,
              ElementsAre("", "events", "events[...]", "events[...]", "id", "pair", "pair[0]", "pair[1]", "spec",
                          "spec.tries", "spec.tries[0]", "spec.tries[1]", "spec.url", "tags", R"(tags["k"])"));
}

TEST(Walk, SkipsChildrenOnRequestAndOfNullAndUnknown) {
  std::vector<std::string> visited;
  Walk(V(R"({events: ?, spec: {url: "u"}})", kRoot), [&](const Path& path, const Value&) {
    visited.push_back(path.ToString());
    return path != Path("spec");
  });
  EXPECT_THAT(visited, ElementsAre("", "events", "id", "pair", "spec", "tags"));
}

TEST(Replace, ChangesOnePart) {
  const Value root = V(kText, kRoot);
  const struct {
    Path path;
    Value part;
  } rows[] = {
      {Path("id"), Value::String("7")},
      {Path("spec"), Value::Null(kSpec)},
      {Path("spec").Attribute("tries").Index(1), Value::Unknown(Type::Number())},
      {Path("tags").Key("k"), Value::Bool(false)},
      {Path("pair").Index(1), Value::Bool(true)},
  };
  for (const auto& row : rows) {
    const Value changed = Replace(root, row.path, row.part);
    EXPECT_EQ(At(changed, row.path), row.part) << row.path.ToString();
    EXPECT_EQ(changed.type(), kRoot);
    EXPECT_EQ(Replace(changed, row.path, *At(root, row.path)), root);  // and nothing else
  }
  EXPECT_EQ(Replace(root, Path(), Value::Int(1)), Value::Int(1));
  EXPECT_EQ(root, V(kText, kRoot));
}

TEST(Replace, KeepsSetsSortedAndWithoutRepetition) {
  const Value root = V(R"(["A", "B"])", Type::Set(Type::String()));
  EXPECT_EQ(Replace(root, Path().Element(Value::String("A")), Value::String("Z")).ToString(), R"(["B", "Z"])");
  EXPECT_EQ(Replace(root, Path().Element(Value::String("A")), Value::String("B")).ToString(), R"(["B"])");
}

TEST(Replace, ThrowsForAPathThatLeadsNowhere) {
  const Value root = V(kText, kRoot);
  for (const Path& path : {Path("none"), Path("id").Attribute("x"), Path("tags").Key("none"), Path("pair").Index(2)}) {
    EXPECT_THROW(Replace(root, path, Value::Int(1)), std::logic_error) << path.ToString();
  }
}

}  // namespace
}  // namespace tfcpp
