// A row: what is configured, what was there before, what is planned, and the breaches.
#include "tfcpp/framework/plan_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "tfcpp/testing/value_matchers.h"

namespace tfcpp {
namespace {

using testing::ElementsAreArray;

Schema ThingSchema() {
  const std::vector<Attribute> members = {{.name = "host", .mode = Mode::kRequired},
                                          {.name = "seen", .mode = Mode::kComputed}};
  const auto nested = [&](const char* name, Nesting nesting) {
    return Attribute{.name = name, .type = NestedObject{nesting, members}};
  };
  return {.attributes = {{.name = "id", .mode = Mode::kComputed},
                         {.name = "name"},
                         {.name = "size", .mode = Mode::kOptionalComputed},
                         {.name = "once", .write_only = true},
                         nested("one", Nesting::kSingle),
                         nested("list", Nesting::kList),
                         nested("map", Nesting::kMap),
                         nested("set", Nesting::kSet)},
          .blocks = {{.name = "part", .nesting = Nesting::kList, .attributes = members}}};
}

TEST(PlanRulesTest, EachBreachIsNamed) {
  const Schema schema = ThingSchema();
  const Type type = schema.ImpliedType();
  const struct {
    const char* config;
    const char* prior;
    const char* planned;
    std::vector<std::string> breaches;
  } rows[] = {
      // Sound ones.
      {R"({name: "a"})", "null", R"({id: ?, name: "a", size: ?})", {}},
      {R"({name: "a"})", "null", R"({id: "1", name: "a", size: "s"})", {}},
      {R"({name: "a"})", R"({name: "A"})", R"({name: "A"})", {}},  // stays in the form that it had
      {R"({name: "a"})", R"({id: "1", name: "b"})", R"({id: ?, name: "a"})", {}},
      {"{name: ?}", "null", "{name: ?!}", {}},
      {R"({one: {host: "h"}})", "null", R"({one: {host: "h", seen: ?}})", {}},
      {R"({list: [{host: "h"}]})", "null", R"({list: [{host: "h", seen: "s"}]})", {}},
      {R"({map: {k: {host: "h"}}})", "null", R"({map: {k: {host: "h", seen: ?}}})", {}},
      {R"({set: [{host: "h"}, {host: "i"}]})", "null", R"({set: [{host: "h", seen: ?}, {host: "i", seen: "s"}]})", {}},
      {R"({part: [{host: "h"}]})", "null", R"({part: [{host: "h", seen: ?}]})", {}},
      {R"({once: "w"})", "null", "{}", {}},
      {"{once: ?}", "null", "{once: ?}", {}},  // of a client that does not know of write-only attributes
      // Breaches.
      {R"({name: "a"})", "null", R"({name: "b"})", {"name is planned with another value than it is configured with"}},
      {R"({name: "a"})", "null", "{}", {"name is planned with another value than it is configured with"}},
      {R"({name: "a"})", "null", "{name: ?}", {"name is planned with another value than it is configured with"}},
      {"{}", "null", R"({name: "b"})", {"name is planned with a value, but is neither configured nor computed"}},
      {"{}",
       R"({name: "b"})",
       R"({name: "b"})",
       {"name is planned with a value, but is neither configured nor computed"}},
      {"{name: ?}", "null", R"({name: "b"})", {"name is planned as known, but its configuration is not known yet"}},
      {"{name: ?}",
       R"({name: "b"})",
       R"({name: "b"})",
       {"name is planned as known, but its configuration is not known yet"}},
      {R"({size: "s"})", "null", "{size: ?}", {"size is planned with another value than it is configured with"}},
      {R"({once: "w"})", "null", R"({once: "w"})", {"once is write-only, but planned with a value"}},
      {R"({one: {host: "h"}})",
       "null",
       R"({one: {host: "i"}})",
       {"one.host is planned with another value than it is configured with"}},
      {R"({one: {host: "h"}})", "null", "{}", {"one is planned with another value than it is configured with"}},
      {R"({list: [{host: "h"}]})",
       "null",
       R"({list: [{host: "i"}]})",
       {"list[0].host is planned with another value than it is configured with"}},
      {R"({list: [{host: "h"}]})",
       "null",
       "{list: []}",
       {"list is planned with more or fewer elements than it is configured with"}},
      {"{list: ?}", "null", "{list: []}", {"list is planned as known, but its configuration is not known yet"}},
      {R"({map: {k: {host: "h"}}})",
       "null",
       R"({map: {l: {host: "h"}}})",
       {"map[\"k\"] is configured, but not planned", "map[\"l\"] is planned, but not configured"}},
      {R"({set: [{host: "h"}]})", "null", R"({set: [{host: "i"}]})", {"set[...] is planned, but not configured"}},
      {R"({set: [{host: "h"}]})",
       "null",
       "{set: []}",
       {"set is planned with more or fewer elements than it is configured with"}},
      {R"({part: [{host: "h"}]})",
       "null",
       R"({part: [{host: "i"}]})",
       {"part[0].host is planned with another value than it is configured with"}},
      {R"({part: [{host: "h"}]})",
       "null",
       "{part: []}",
       {"part is planned with more or fewer elements than it is configured with"}},
      {R"({name: "a", size: "s"})",
       "null",
       R"({name: "b", size: "t"})",
       {"name is planned with another value than it is configured with",
        "size is planned with another value than it is configured with"}},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(std::string(row.config) + " -> " + row.planned);
    EXPECT_THAT(PlanFaults(schema, V(row.config, type), V(row.prior, type), V(row.planned, type)),
                ElementsAreArray(row.breaches));
  }
}

}  // namespace
}  // namespace tfcpp
