// Every mistake of an author that is told before anything is called; those of a single schema are schema_test.cc's.
#include "tfcpp/framework/check_provider.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "tfcpp/schema/plan_modifiers.h"

namespace tfcpp {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

Result<Value> Upgraded(const Value& old) { return old; }
Outcome Moved(const Value&) { return {}; }
void NoRule(const Value&, Diagnostics&) {}

ResourceType Thing() {
  return {.name = "test_thing",
          .schema = {.version = 2,
                     .attributes = {{.name = "id", .mode = Mode::kComputed, .plan_modifiers = {UseStateForUnknown()}},
                                    {.name = "size",
                                     .type = Type::Number(),
                                     .mode = Mode::kOptionalComputed,
                                     .default_value = Value::Int(1)}}},
          .config_validators = {{"a rule", NoRule}},
          .upgraders = {{0, Upgraded}, {1, Upgraded}},
          .identity = Schema{.attributes = {{.name = "id", .mode = Mode::kRequired}}},
          .movers = {{.source_type = "other_thing",
                      .source_providers = {"registry.example.com/acme/other"},
                      .move = Moved}},
          .unmovable = {{"old_thing", "It is gone."}}};
}

Provider Sound() {
  return {.type_name = "test",
          .version = "1.0.0",
          .address = "registry.example.com/acme/test",
          .schema = {.attributes = {{.name = "host"}}},
          .resources = {Thing()},
          .data_sources = {{.name = "test_thing", .schema = {}}, {.name = "test", .schema = {}}},
          .ephemerals = {{.name = "test_thing", .schema = {}}},
          .lists = {{.name = "test_thing", .schema = {}}},
          .actions = {{.name = "test_thing", .schema = {}}},
          .functions = {{.name = "twice",
                         .parameters = {{"number", Type::Number(), ""}},
                         .result = Type::Number(),
                         .summary = "",
                         .description = "",
                         .call = [](const std::vector<Value>& arguments) -> Result<Value> { return arguments[0]; }}},
          .configure = [](const Context&, const ConfigureRequest&) { return Configured(); }};
}

TEST(CheckProviderTest, ASoundProviderHasNoMistake) {
  EXPECT_THAT(CheckProvider(Sound()), IsEmpty());
  // Versions that were given up, and a type that begins with another version than 0.
  Provider without = Sound();
  without.resources[0].upgraders.erase(0);
  EXPECT_THAT(CheckProvider(without), IsEmpty());
  without.resources[0].upgraders.clear();
  EXPECT_THAT(CheckProvider(without), IsEmpty());
}

TEST(CheckProviderTest, NamesEveryMistake) {
  const ConfigValidator no_check{"a rule", nullptr};
  const struct {
    std::function<void(Provider&)> make;
    const char* mistake;
  } rows[] = {
      // The provider itself.
      {[](Provider& p) { p.address = "acme/test"; },
       "provider: its address \"acme/test\" is not of the form host/namespace/name"},
      {[](Provider& p) { p.address = "registry.example.com//test"; },
       "provider: its address \"registry.example.com//test\" is not of the form host/namespace/name"},
      {[](Provider& p) { p.configure = nullptr; }, "provider: it has no function configure"},
      {[](Provider& p) { p.schema.attributes[0].name = "alias"; },
       "provider: alias is a name that Terraform keeps for itself"},
      {[](Provider& p) { p.schema.attributes[0].mode = Mode::kComputed; },
       "provider: host is computed, but nothing answers a value here"},
      {[=](Provider& p) { p.config_validators = {no_check}; },
       "provider: it has a config validator without a check: a rule"},
      // The names of types, of each kind.
      {[](Provider& p) { p.resources.push_back({.name = "other_thing", .schema = {}}); },
       "resource other_thing: its name does not begin with that of the provider, test_"},
      {[](Provider& p) { p.resources.push_back({.name = "test_Thing", .schema = {}}); },
       "resource test_Thing: its name is not of small letters, digits, _ and -"},
      {[](Provider& p) { p.resources.push_back(Thing()); }, "resource test_thing: there are two of this name"},
      {[](Provider& p) { p.data_sources.push_back({.name = "testthing", .schema = {}}); },
       "data source testthing: its name does not begin with that of the provider, test_"},
      {[](Provider& p) { p.data_sources.push_back({.name = "test_thing", .schema = {}}); },
       "data source test_thing: there are two of this name"},
      {[](Provider& p) { p.ephemerals.push_back({.name = "test_thing", .schema = {}}); },
       "ephemeral resource test_thing: there are two of this name"},
      {[](Provider& p) { p.lists.push_back({.name = "test_thing", .schema = {}}); },
       "list test_thing: there are two of this name"},
      {[](Provider& p) { p.actions.push_back({.name = "test_thing", .schema = {}}); },
       "action test_thing: there are two of this name"},
      // Schemas of each kind.
      {[](Provider& p) { p.resources[0].schema.attributes[1].default_value = Value::String("1"); },
       "resource test_thing: size has a default of another type: it must be a number, but is a string"},
      {[](Provider& p) { p.data_sources[0].schema.attributes = {{.name = "count"}}; },
       "data source test_thing: count is a name that Terraform keeps for itself"},
      {[](Provider& p) { p.ephemerals[0].schema.attributes = {{.name = "a", .write_only = true}}; },
       "ephemeral resource test_thing: a is write-only, which is for resources only"},
      {[](Provider& p) {
         p.lists[0].schema.attributes = {{.name = "a"}, {.name = "a"}};
       },
       "list test_thing: a occurs twice"},
      {[](Provider& p) { p.actions[0].schema.attributes = {{.name = "a", .mode = Mode::kComputed}}; },
       "action test_thing: a is computed, but nothing answers a value here"},
      {[](Provider& p) { p.resources[0].identity->attributes.clear(); },
       "resource test_thing, identity: it has no attributes"},
      {[=](Provider& p) { p.data_sources[0].config_validators = {no_check}; },
       "data source test_thing: it has a config validator without a check: a rule"},
      // Upgraders and movers.
      {[](Provider& p) { p.resources[0].upgraders[2] = Upgraded; },
       "resource test_thing: the upgrader from version 2 never runs: the schema has version 2"},
      {[](Provider& p) { p.resources[0].upgraders.erase(1); },
       "resource test_thing: no upgrader from version 1 to the schema's, 2, so such states cannot be read"},
      {[](Provider& p) { p.resources[0].identity_upgraders[3] = Upgraded; },
       "resource test_thing, identity: the upgrader from version 3 never runs: the schema has version 0"},
      {[](Provider& p) { p.resources[0].upgraders[1] = nullptr; },
       "resource test_thing: the upgrader from version 1 is no function"},
      {[](Provider& p) {
         p.resources[0].schema.version = -1;
         p.resources[0].upgraders.clear();
       },
       "resource test_thing: its version is negative"},
      {[](Provider& p) { p.resources[0].movers[0].source_type = ""; },
       "resource test_thing: the mover from \"\" names no type, or no provider"},
      {[](Provider& p) { p.resources[0].movers[0].source_providers.clear(); },
       "resource test_thing: the mover from \"other_thing\" names no type, or no provider"},
      {[](Provider& p) { p.resources[0].movers[0].source_providers = {"acme/other"}; },
       "resource test_thing: the mover from \"other_thing\" has a provider \"acme/other\" that is not of the form "
       "host/namespace/name"},
      {[](Provider& p) { p.resources[0].movers[0].source_type = "test_thing"; },
       "resource test_thing: the mover from \"test_thing\" never runs: a state of the type itself is kept"},
      {[](Provider& p) { p.resources[0].movers[0].move = nullptr; },
       "resource test_thing: the mover from \"other_thing\" is no function"},
      {[](Provider& p) { p.resources[0].movers.push_back(p.resources[0].movers[0]); },
       "resource test_thing: the mover from \"other_thing\" never runs: another one has the same source"},
      {[](Provider& p) { p.resources[0].unmovable["old_thing"] = ""; },
       "resource test_thing: an entry of unmovable has no type, or no reason"},
      // Lists and functions.
      {[](Provider& p) { p.resources[0].identity.reset(); },
       "list test_thing: there is no resource of this name that has an identity"},
      {[](Provider& p) { p.lists[0].name = "test_other"; },
       "list test_other: there is no resource of this name that has an identity"},
      {[](Provider& p) { p.functions[0].call = nullptr; }, "function twice: it has no function to call"},
      {[](Provider& p) { p.functions[0].name = "Twice"; },
       "function Twice: its name is not of small letters, digits and _"},
      {[](Provider& p) { p.functions.push_back(p.functions[0]); }, "function twice: there are two of this name"},
      {[](Provider& p) { p.functions[0].parameters[0].name = ""; },
       "function twice: the name of its parameter \"\" is not of small letters, digits and _"},
      {[](Provider& p) { p.functions[0].parameters.push_back(p.functions[0].parameters[0]); },
       "function twice: it has two parameters \"number\""},
  };
  for (const auto& row : rows) {
    Provider provider = Sound();
    row.make(provider);
    EXPECT_THAT(CheckProvider(provider), ElementsAre(row.mistake));
  }
}

TEST(CheckProviderTest, TheProvidersNameIsWhatTerraformTakesFromATypes) {
  for (const char* name : {"", "my_cloud", "Cloud", "1cloud"}) {
    Provider provider{.type_name = name, .version = "1", .schema = {}, .configure = Sound().configure};
    EXPECT_THAT(CheckProvider(provider), ElementsAre(testing::HasSubstr("its type_name"))) << name;
  }
}

TEST(CheckProviderTest, AllMistakesAreToldAtOnce) {
  Provider provider = Sound();
  provider.configure = nullptr;
  provider.resources[0].schema.attributes[1].default_value = Value::String("1");
  provider.resources[0].schema.attributes[0].name = "count";
  provider.functions[0].call = nullptr;
  EXPECT_THAT(CheckProvider(provider),
              UnorderedElementsAre(
                  "provider: it has no function configure",
                  "resource test_thing: size has a default of another type: it must be a number, but is a string",
                  "resource test_thing: count is a name that Terraform keeps for itself",
                  "function twice: it has no function to call"));
}

}  // namespace
}  // namespace tfcpp
