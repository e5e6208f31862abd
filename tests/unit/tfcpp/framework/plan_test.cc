#include "tfcpp/framework/plan.h"

#include <gtest/gtest.h>

#include "unit/tfcpp/framework/thing.h"

namespace tfcpp {
namespace {

struct PlanCase {
  const char* what;
  const char* config;
  const char* prior;     // empty: create
  const char* proposed;  // what Terraform proposes
  const char* planned;
  const char* replaces;
};

TEST(PlanResourceTest, ObeysTerraformsRules) {
  const PlanCase kCases[] = {
      {"create", R"({name: "n"})", "", R"({name: "n"})", R"({id: ?, name: "n", size: "small", updated: ?})", ""},
      {"nothing changed", R"({name: "n"})", R"({id: "1", name: "n", size: "small", updated: "t"})",
       R"({id: "1", name: "n", size: "small", updated: "t"})", R"({id: "1", name: "n", size: "small", updated: "t"})",
       ""},
      {"update", R"({name: "m"})", R"({id: "1", name: "n", size: "small", updated: "t"})",
       R"({id: "1", name: "m", size: "small", updated: "t"})", R"({id: "1", name: "m", size: "small", updated: ?})",
       ""},
      {"a default comes back", "{}", R"({id: "1", size: "large", updated: "t"})",
       R"({id: "1", size: "large", updated: "t"})", R"({id: "1", size: "small", updated: ?})", ""},
      {"replacement", R"({place: "q"})", R"({id: "1", place: "p", size: "small", updated: "t"})",
       R"({id: "1", place: "q", size: "small", updated: "t"})", R"({id: "1", place: "q", size: "small", updated: ?})",
       "place "},
      {"unknown replaces, too", "{place: ?}", R"({id: "1", place: "p", size: "small", updated: "t"})",
       R"({id: "1", place: ?, size: "small", updated: "t"})", R"({id: "1", place: ?, size: "small", updated: ?})",
       "place "},
      {"write-only is no change", R"({once: "x"})", R"({id: "1", size: "small", updated: "t"})",
       R"({id: "1", once: "x", size: "small", updated: "t"})", R"({id: "1", size: "small", updated: "t"})", ""},
      {"nested", R"({one: {host: "b"}})",
       R"({id: "1", size: "small", updated: "t", one: {host: "a", port: "443", seen: "s"}})",
       R"({id: "1", size: "small", updated: "t", one: {host: "b", port: "443", seen: "s"}})",
       R"({id: "1", size: "small", updated: ?, one: {host: "b", port: "443", seen: ?}})", ""},
      // ignore_changes puts the state's values into the configuration.
      {"ignored read-only attributes", R"({id: "1", name: "m", updated: "t"})",
       R"({id: "1", name: "n", size: "small", updated: "t"})", R"({id: "1", name: "m", size: "small", updated: "t"})",
       R"({id: "1", name: "m", size: "small", updated: ?})", ""},
      {"unknown parent", "{one: ?}", "", "{one: ?}", R"({id: ?, size: "small", updated: ?, one: ?})", ""},
  };
  for (const PlanCase& c : kCases) {
    const Value prior = *c.prior == '\0' ? NoThing() : T(c.prior);
    const Plan plan = PlanResource(Thing(), {T(c.config), prior, T(c.proposed), "private", {}});
    EXPECT_EQ(plan.planned, T(c.planned)) << c.what;
    std::string replaces;
    for (const Path& path : plan.requires_replace) replaces += path.ToString() + " ";
    EXPECT_EQ(replaces, c.replaces) << c.what;
    EXPECT_EQ(plan.private_data, "private") << c.what;
  }
}

// A client that takes write-only attributes for ordinary ones would print the values of a plan that it refuses.
TEST(PlanResourceTest, NothingIsPlannedWithAWriteOnlyValueThatTheClientWouldStore) {
  const struct {
    const char* config;
    bool refused;
  } kRows[] = {{R"({name: "m", once: "canary"})", true}, {R"({name: "m", once: ?})", false}, {R"({name: "m"})", false}};
  for (const Value& prior : {NoThing(), T(R"({id: "1", name: "n", size: "small", updated: "t"})")}) {
    for (const auto& row : kRows) {
      const Value config = T(row.config);
      const Plan plan = PlanResource(Thing(), {.config = config,
                                               .prior = prior,
                                               .proposed = config,
                                               .private_data = "",
                                               .facts = {},
                                               .write_only_allowed = false});
      EXPECT_EQ(plan.diagnostics.has_error(), row.refused) << row.config;
      EXPECT_EQ(plan.planned == prior, row.refused) << row.config;
      if (row.refused) continue;
      EXPECT_EQ(plan.planned.Get("once"), config.Get("once")) << row.config;
    }
  }
}

TEST(PlanResourceTest, ADestroyStaysNull) {
  const Plan plan = PlanResource(Thing(), {NoThing(), T(R"({id: "1"})"), NoThing(), "p", {}});
  EXPECT_TRUE(plan.planned.is_null());
  EXPECT_TRUE(plan.requires_replace.empty());
}

TEST(PlanResourceTest, TheResourcesOwnStepComesLastAndKnowsWhetherAnythingChanges) {
  ResourceType type = ThingType();
  std::vector<bool> changes;
  type.modify_plan = [&](const PlanRequest& request, Plan& plan) {
    changes.push_back(request.changes);
    plan.diagnostics.AddWarning("w", std::string(request.facts.at("host")));
    plan.requires_replace.push_back(Path("name"));
  };
  const Value prior = T(R"({id: "1", name: "n", size: "small", updated: "t"})");
  const Plan same = PlanResource(type, {T(R"({name: "n"})"), prior, prior, "", {{"host", "h"}}});
  EXPECT_TRUE(same.requires_replace.empty());  // the name does not change
  EXPECT_EQ(Summaries(same.diagnostics), "warning: w\n");
  PlanResource(type, {T(R"({name: "m"})"), prior, prior.With("name", Value::String("m")), "", {{"host", "h"}}});
  EXPECT_EQ(changes, (std::vector<bool>{false, true}));
}

}  // namespace
}  // namespace tfcpp
