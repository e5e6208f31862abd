#include "tfcpp/framework/plan_steps.h"

#include <gtest/gtest.h>

#include "unit/tfcpp/framework/thing.h"

namespace tfcpp {
namespace {

TEST(ApplyDefaultsTest, FillWhatTheConfigurationLeavesNull) {
  const Value config = T(
      R"({one: {host: "a"}, list: [{host: "b", port: "1"}, {host: "c"}], map: {k: {host: "d"}}, set: [{host: "e"}]})");
  EXPECT_EQ(
      ApplyDefaults(Thing().schema, config, config),
      T(R"({size: "small", one: {host: "a", port: "443"}, list: [{host: "b", port: "1"}, {host: "c", port: "443"}],
                  map: {k: {host: "d", port: "443"}}, set: [{host: "e", port: "443"}]})"));
}

TEST(ApplyDefaultsTest, RevertARemovedAttribute) {
  EXPECT_EQ(ApplyDefaults(Thing().schema, T("{}"), T(R"({size: "large"})")), T(R"({size: "small"})"));
  EXPECT_EQ(ApplyDefaults(Thing().schema, T("{size: ?}"), T("{size: ?}")), T("{size: ?}"));
}

TEST(WriteOnlyToNullTest, TakesThemOut) {
  EXPECT_EQ(WriteOnlyToNull(Thing().schema, T(R"({once: "x", name: "n"})")), T(R"({name: "n"})"));
}

TEST(ComputedToUnknownTest, OpensWhatIsComputedAndNotConfigured) {
  const Value config = T(R"({name: "n", one: {host: "a"}})");
  EXPECT_EQ(ComputedToUnknown(Thing().schema, config, config),
            T(R"({id: ?, name: "n", updated: ?, one: {host: "a", seen: ?}})"));
}

TEST(EffectiveReplacementsTest, AreSortedAndReal) {
  const Value prior = T(R"({name: "a", place: "p", color: "c"})");
  const Value planned = T(R"({name: "b", place: "q", color: "c"})");
  const auto paths = EffectiveReplacements(Thing().schema, prior, planned,
                                           {Path("place"), Path("color"), Path("name"), Path("place")});
  EXPECT_EQ(paths, (std::vector<Path>{Path("name"), Path("place")}));
  EXPECT_TRUE(EffectiveReplacements(Thing().schema, NoThing(), planned, {Path("name")}).empty());
}

// Null equals null, but only the resource knows whether the value is another one.
TEST(EffectiveReplacementsTest, AWriteOnlyAttributeMayReplaceAlthoughItShowsNoChange) {
  const Value state = T(R"({name: "a", one: {host: "h"}})");
  const Value planned = state.With("updated", Value::Unknown(Type::String()));
  Schema schema = Thing().schema;
  const Attribute once = *schema.Find("once");
  for (Attribute& attribute : schema.attributes) {
    if (attribute.name == "one") std::get<NestedObject>(attribute.type).attributes.push_back(once);
  }
  const Path nested = Path("one").Attribute("once");
  EXPECT_EQ(EffectiveReplacements(schema, state, planned,
                                  {nested, Path("once"), Path("kept"), Path("secret"), Path("nothing")}),
            (std::vector<Path>{Path("once"), nested}));
}

}  // namespace
}  // namespace tfcpp
