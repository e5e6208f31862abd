#include "tfcpp/framework/schema_walk.h"

#include <gtest/gtest.h>

#include "unit/tfcpp/framework/thing.h"

namespace tfcpp {
namespace {

// The companions' "seen" of each nested object, found by index, by key, or by what identifies an element. What holds
// for one of them holds for the other.
std::string SeenOf(std::string_view value, std::string_view companion) {
  std::string by_config;
  std::string by_prior;
  const auto see = [](const AttributeVisit& visit, const Value& seen, std::string& text) {
    if (visit.attribute.name == "seen") text += visit.path.ToString() + "=" + seen.ToString() + " ";
    return visit.value;
  };
  TransformBySchema(Thing().schema, T(value), {.config = T(companion)}, [&](const AttributeVisit& visit) {
    EXPECT_TRUE(visit.prior.is_null());
    return see(visit, visit.config, by_config);
  });
  TransformBySchema(Thing().schema, T(value), {.prior = T(companion)}, [&](const AttributeVisit& visit) {
    EXPECT_TRUE(visit.config.is_null());
    return see(visit, visit.prior, by_prior);
  });
  EXPECT_EQ(by_config, by_prior);
  return by_config;
}

TEST(TransformBySchemaTest, MatchesCompanions) {
  EXPECT_EQ(SeenOf(R"({one: {host: "a"}})", R"({one: {host: "b", seen: "1"}})"), "one.seen=\"1\" ");
  EXPECT_EQ(SeenOf(R"({list: [{host: "a"}, {host: "b"}]})", R"({list: [{host: "b", seen: "1"}]})"),
            "list[0].seen=\"1\" list[1].seen=null ");
  EXPECT_EQ(SeenOf(R"({map: {x: {host: "a"}, y: {host: "b"}}})", R"({map: {y: {host: "q", seen: "1"}}})"),
            "map[\"x\"].seen=null map[\"y\"].seen=\"1\" ");
  EXPECT_EQ(
      SeenOf(R"({set: [{host: "a"}, {host: "b"}]})", R"({set: [{host: "b", seen: "2"}, {host: "c", seen: "3"}]})"),
      "set[...].seen=null set[...].seen=\"2\" ");
}

TEST(TransformBySchemaTest, DoesNotEnterNullAndUnknown) {
  EXPECT_EQ(SeenOf("{one: null, list: ?, map: {x: ?}, set: null}", "{}"), "");
  EXPECT_EQ(SeenOf(R"({one: {host: "a"}})", "{one: ?}"), "one.seen=? ");
}

TEST(TransformBySchemaTest, KeepsWhatIsNotChanged) {
  const Value value = T(R"({name: "n", list: [{host: "a"}], set: [{host: ?}], map: {k: {host: "h"}}})");
  EXPECT_EQ(TransformBySchema(Thing().schema, value, {}, [](const AttributeVisit& visit) { return visit.value; }),
            value);
}

}  // namespace
}  // namespace tfcpp
