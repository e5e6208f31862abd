#include "tfcpp/framework/shown_lines.h"

#include <gtest/gtest.h>

#include "tfcpp/framework/apply.h"
#include "tfcpp/framework/plan.h"
#include "tfcpp/framework/read.h"
#include "tfcpp/framework/validate.h"
#include "unit/tfcpp/framework/thing.h"

namespace tfcpp {
namespace {

// Things whose place may be one for nobody's eyes.
ResourceType Hidden() {
  ResourceType type = ThingType();
  for (Attribute& attribute : type.schema.attributes) {
    if (attribute.name == "place") {
      attribute.has_secret_part = [](const Value& place) { return place.AsString() == "canary"; };
    }
  }
  return type;
}

Path One(std::string_view member) { return Path("one").Attribute(member); }

struct Row {
  const char* config;
  Path path;
  bool stays;
};
const Row kRows[] = {
    {R"({name: "n", secret: "s", one: {host: "h", secret: "s"}})", Path("name"), true},
    {R"({secret: "canary"})", Path("secret"), false},
    {R"({once: "canary"})", Path("once"), false},
    {R"({place: "here"})", Path("place"), true},
    {R"({place: ?})", Path("place"), true},
    {R"({place: "canary"})", Path("place"), false},
    {R"({one: {host: "h"}})", One("host"), true},
    {R"({one: {host: "h"}})", Path("one"), true},
    {R"({one: {host: "h", secret: ?}})", One("host"), true},  // of a variable, so nothing is written out
    {R"({one: {host: "h", secret: "canary"}})", One("host"), false},
    {R"({one: {host: "h", secret: "canary"}})", One("secret"), false},
    {R"({one: {host: "h", secret: "canary"}})", Path("one"), false},
    {R"({list: [{host: "h"}, {host: "h", secret: "canary"}]})", Path("list").Index(0).Attribute("host"), false},
    {R"({map: {a: {host: "h", secret: "canary"}}})", Path("map").Key("a").Attribute("host"), false},
    {R"({set: [{host: "h", secret: "canary"}]})", Path("set"), false},
    {R"({secret: "canary"})", Path(), true},
};

TEST(WithoutSecretLinesTest, NoPathLeadsToTheLineOfASecret) {
  const ResourceType type = Hidden();
  for (const Row& row : kRows) {
    const Value config = V(row.config, type.schema.ImpliedType());
    Diagnostics told;
    told.AddWarning("summary", "detail", row.path);
    const Diagnostics shown = WithoutSecretLines(type.schema, config, told);
    const Diagnostic wanted{Severity::kWarning, "summary", "detail", row.stays ? row.path : Path()};
    EXPECT_EQ(shown.items(), std::vector<Diagnostic>{wanted}) << row.config << row.path.ToString();
  }
}

TEST(WithoutSecretLinesTest, HoldsForEverythingThatTellsOfAConfiguration) {
  ResourceType type = Hidden();
  for (const Row& row : kRows) {
    const Value config = V(row.config, type.schema.ImpliedType());
    type.config_validators = {{"", [&](const Value&, Diagnostics& found) { found.AddError("wrong", "", row.path); }}};
    type.modify_plan = [&](const PlanRequest&, Plan& plan) { plan.diagnostics.AddWarning("odd", "", row.path); };
    const Diagnostics validated = ValidateConfig(type.schema, type.config_validators, config, {});
    const Plan plan =
        PlanResource(type, {.config = config, .prior = NoThing(), .proposed = config, .private_data = "", .facts = {}});
    ScriptedResource resource;
    resource.answer = [&] {
      Outcome outcome = Nothing();
      outcome.diagnostics.AddError("refused", "", row.path);
      return outcome;
    };
    NullLogger log;
    const Context context{.stop = {}, .log = log};
    const ApplyInput input{.config = config, .prior = NoThing(), .planned = config, .private_data = ""};
    const Diagnostics applied = ApplyResource(context, type, resource, input).diagnostics;
    const Diagnostics read = ReadResource(context, type, resource, {.state = config, .private_data = ""}).diagnostics;
    EXPECT_EQ(applied.items().back().path.empty(), row.path.empty() || !row.stays) << row.config;
    EXPECT_EQ(read.items().back().path.empty(), row.path.empty() || !row.stays) << row.config;
    EXPECT_EQ(validated.items().back().path.empty(), row.path.empty() || !row.stays) << row.config;
    EXPECT_EQ(plan.diagnostics.items().back().path.empty(), row.path.empty() || !row.stays) << row.config;
  }
}

}  // namespace
}  // namespace tfcpp
