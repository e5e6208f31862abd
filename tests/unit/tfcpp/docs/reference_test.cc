#include "tfcpp/docs/reference.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "tfcpp/schema/plan_modifiers.h"
#include "tfcpp/schema/validators.h"

namespace tfcpp::docs {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string Lines(std::vector<Attribute> attributes) {
  return SchemaReference(Schema{.attributes = std::move(attributes)});
}

TEST(ReferenceTest, AttributesStandUnderTheirMode) {
  EXPECT_EQ(Lines({{.name = "c", .mode = Mode::kComputed, .description = "Given."},
                   {.name = "oc", .mode = Mode::kOptionalComputed, .description = "Either."},
                   {.name = "r", .mode = Mode::kRequired, .description = "Needed."}}),
            "\n## Schema\n"
            "\n### Required\n\n- `r` (string) Needed.\n"
            "\n### Optional\n\n- `oc` (string) Either.\n"
            "\n### Read-Only\n\n- `c` (string) Given.\n");
}

TEST(ReferenceTest, TellsDefaultsAllowedValuesReplacementAndSecrets) {
  EXPECT_THAT(Lines({{.name = "status",
                      .mode = Mode::kOptionalComputed,
                      .default_value = Value::String("ON"),
                      .validators = {OneOf({"ON", "OFF"})},
                      .plan_modifiers = {RequiresReplace()},
                      .description = "State"}}),
              HasSubstr("- `status` (string) State. Default: `\"ON\"`. Must be one of \"ON\", \"OFF\". "
                        "**A change replaces the resource.**\n"));
  EXPECT_THAT(Lines({{.name = "key", .sensitive = true, .description = "A key."}}),
              HasSubstr("- `key` (string, sensitive) A key.\n"));
  EXPECT_THAT(Lines({{.name = "key", .sensitive = true, .write_only = true, .description = "A key."}}),
              HasSubstr("- `key` (string, sensitive, write-only) A key.\n"));
  EXPECT_THAT(Lines({{.name = "old", .description = "An age.", .deprecation = "use new"}}),
              HasSubstr("- `old` (string) **Deprecated:** Use new. An age.\n"));
  EXPECT_THAT(Lines({{.name = "id", .plan_modifiers = {UseStateForUnknown()}, .description = "Its id."}}),
              Not(HasSubstr("replaces")));
}

TEST(ReferenceTest, NestedObjectsHavePartsOfTheirOwn) {
  const std::string text =
      Lines({{.name = "spec",
              .type = NestedObject{Nesting::kList,
                                   {{.name = "url", .mode = Mode::kRequired, .description = "Where."},
                                    {.name = "deep",
                                     .type = NestedObject{Nesting::kSingle, {{.name = "x", .description = "X."}}},
                                     .description = "Deeper."}}},
              .description = "Specs."}});
  EXPECT_THAT(text, HasSubstr("- `spec` (list of objects, [see below](#nestedatt--spec)) Specs.\n"
                              "\n<a id=\"nestedatt--spec\"></a>\n\n### Nested Schema for `spec`\n"
                              "\nRequired:\n\n- `url` (string) Where.\n"
                              "\nOptional:\n\n- `deep` (object, [see below](#nestedatt--spec--deep)) Deeper.\n"
                              "\n<a id=\"nestedatt--spec--deep\"></a>\n\n### Nested Schema for `spec.deep`\n"
                              "\nOptional:\n\n- `x` (string) X.\n"));
}

TEST(ReferenceTest, IdentityTellsWhatAnImportNeeds) {
  EXPECT_THAT(
      IdentityReference({.version = 0,
                         .attributes = {{.name = "host", .description = "Where."},
                                        {.name = "id", .mode = Mode::kRequired, .description = "Which."}}}),
      testing::AllOf(testing::StartsWith("\n## Identity\n"), HasSubstr("### Required\n\n- `id` (string) Which."),
                     HasSubstr("### Optional\n\n- `host` (string) Where.")));
}

TEST(ReferenceTest, RulesAcrossAttributes) {
  EXPECT_THAT(SchemaReference({}, {{"exactly one of `a` and `b` is set", nullptr}}),
              HasSubstr("### Rules\n\n- Exactly one of `a` and `b` is set.\n"));
}

std::vector<Attribute> X() { return {{.name = "x", .description = "X."}}; }

TEST(ReferenceTest, EveryNestingOfObjectsAndBlocks) {
  struct Case {
    Nesting nesting;
    std::string object, block;
  };
  for (const Case& c :
       {Case{Nesting::kSingle, "object", "block"}, Case{Nesting::kList, "list of objects", "list of blocks"},
        Case{Nesting::kSet, "set of objects", "set of blocks"},
        Case{Nesting::kMap, "map of objects", "map of blocks"}}) {
    const std::string text =
        SchemaReference({.attributes = {{.name = "o", .type = NestedObject{c.nesting, X()}, .description = "O."}},
                         .blocks = {{.name = "b", .nesting = c.nesting, .attributes = X(), .description = "B."}}});
    EXPECT_THAT(text, HasSubstr("- `o` (" + c.object + ", [see below](#nestedatt--o)) O.\n"));
    EXPECT_THAT(text, HasSubstr("- `b` (" + c.block + ", [see below](#nestedblock--b)) B.\n"));
    EXPECT_THAT(text, HasSubstr("<a id=\"nestedatt--o\"></a>\n\n### Nested Schema for `o`\n\nOptional:\n\n- `x`"));
    EXPECT_THAT(text, HasSubstr("<a id=\"nestedblock--b\"></a>\n\n### Nested Schema for `b`\n\nOptional:\n\n- `x`"));
  }
}

TEST(ReferenceTest, BlocksWithinBlocksAndHowManyThereMayBe) {
  const std::string text = SchemaReference(
      {.attributes = {},
       .blocks = {{.name = "rule",
                   .attributes = {},
                   .blocks = {{.name = "port", .attributes = X(), .max_items = 2, .description = "Ports."}},
                   .min_items = 1,
                   .max_items = 3,
                   .description = "Rules."}}});
  EXPECT_THAT(text,
              HasSubstr("\n### Required\n\n- `rule` (list of blocks, [see below](#nestedblock--rule), at least 1, "
                        "at most 3) Rules.\n"));
  EXPECT_THAT(text, HasSubstr("### Nested Schema for `rule`\n\nOptional:\n\n- `port` (list of blocks, "
                              "[see below](#nestedblock--rule--port), at most 2) Ports.\n"));
  EXPECT_THAT(text, HasSubstr("### Nested Schema for `rule.port`\n\nOptional:\n\n- `x` (string) X.\n"));
}

TEST(ReferenceTest, EveryTypeIsTold) {
  const Type object = Type::Object({{"a", Type::Number()}, {"b", Type::Map(Type::Bool())}});
  const std::vector<std::pair<Type, std::string>> cases = {
      {Type::String(), "string"},
      {Type::Number(), "number"},
      {Type::Bool(), "bool"},
      {Type::Dynamic(), "dynamic"},
      {Type::List(Type::String()), "list of string"},
      {Type::Set(Type::Map(Type::Number())), "set of map of number"},
      {object, "`object({ a = number, b = map(bool) })`"},
      {Type::List(object), "`list(object({ a = number, b = map(bool) }))`"},
      {Type::Object({}), "`object({})`"},
      {Type::Tuple({Type::String(), Type::Dynamic()}), "`tuple([string, any])`"}};
  for (const auto& [type, text] : cases) {
    EXPECT_THAT(Lines({{.name = "v", .type = type, .description = "V."}}), HasSubstr("- `v` (" + text + ") V.\n"));
  }
  const std::string function = FunctionReference({.name = "f",
                                                  .parameters = {{"o", Type::List(object), "What.\nMore."}},
                                                  .result = object,
                                                  .summary = "F",
                                                  .description = "F.",
                                                  .call = nullptr});
  EXPECT_THAT(function,
              HasSubstr("f(o list(object({ a = number, b = map(bool) }))) object({ a = number, b = map(bool) })\n"));
  EXPECT_THAT(function, HasSubstr("1. `o` (`list(object({ a = number, b = map(bool) }))`) What.\n   More.\n"));
}

TEST(ReferenceTest, TextsOfSeveralLinesStayInTheirItem) {
  EXPECT_THAT(Lines({{.name = "a", .description = "One:\n\n- x\n- y"}}),
              HasSubstr("- `a` (string) One:\n\n  - x\n  - y.\n"));
  EXPECT_THAT(Lines({{.name = "a"}}), HasSubstr("- `a` (string)\n"));
}

}  // namespace
}  // namespace tfcpp::docs
