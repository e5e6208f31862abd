#include "reference.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

#include "tfcpp/schema/plan_modifiers.h"
#include "tfcpp/schema/validators.h"

namespace docgen {
namespace {

using testing::HasSubstr;
using testing::Not;
using tfcpp::Mode;
using tfcpp::NestedObject;
using tfcpp::Nesting;
using tfcpp::Type;
using tfcpp::Value;

std::string Lines(std::vector<tfcpp::Attribute> attributes) {
  return SchemaReference(tfcpp::Schema{.attributes = std::move(attributes)});
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
                      .validators = {tfcpp::OneOf({"ON", "OFF"})},
                      .plan_modifiers = {tfcpp::RequiresReplace()},
                      .description = "State"}}),
              HasSubstr("- `status` (string) State. Default: `\"ON\"`. Must be one of \"ON\", \"OFF\". "
                        "**A change replaces the resource.**\n"));
  EXPECT_THAT(Lines({{.name = "key", .sensitive = true, .description = "A key."}}),
              HasSubstr("- `key` (string, sensitive) A key.\n"));
  EXPECT_THAT(Lines({{.name = "key", .sensitive = true, .write_only = true, .description = "A key."}}),
              HasSubstr("- `key` (string, sensitive, write-only) A key.\n"));
  EXPECT_THAT(Lines({{.name = "old", .description = "An age.", .deprecation = "use new"}}),
              HasSubstr("- `old` (string) **Deprecated:** Use new. An age.\n"));
  EXPECT_THAT(Lines({{.name = "id", .plan_modifiers = {tfcpp::UseStateForUnknown()}, .description = "Its id."}}),
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

TEST(ReferenceTest, BlocksAreNotPassedOverInSilence) {
  EXPECT_THROW(SchemaReference({.attributes = {}, .blocks = {{.name = "b", .attributes = {}}}}), std::logic_error);
}

}  // namespace
}  // namespace docgen
