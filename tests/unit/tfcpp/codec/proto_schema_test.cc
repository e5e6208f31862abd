#include "tfcpp/codec/proto_schema.h"

#include <gtest/gtest.h>

namespace tfcpp {
namespace {

using Wire = tfplugin6::Schema;

TEST(ProtoSchema, TypesAreJsonWithQuotesAndVersionIsTheSchemas) {
  const Wire schema = ToProto(
      Schema{.version = 3,
             .attributes = {{.name = "id", .type = Type::String(), .mode = Mode::kComputed, .description = "The *id*."},
                            {.name = "events", .type = Type::Set(Type::String()), .mode = Mode::kRequired}},
             .description = "A thing.",
             .deprecation = "Use other."});
  EXPECT_EQ(schema.version(), 3);
  EXPECT_EQ(schema.block().description(), "A thing.");
  EXPECT_EQ(schema.block().description_kind(), tfplugin6::MARKDOWN);
  EXPECT_TRUE(schema.block().deprecated());
  EXPECT_EQ(schema.block().deprecation_message(), "Use other.");
  ASSERT_EQ(schema.block().attributes_size(), 2);
  EXPECT_EQ(schema.block().attributes(0).type(), R"("string")");  // a bare word crashes Terraform
  EXPECT_EQ(schema.block().attributes(0).description(), "The *id*.");
  EXPECT_EQ(schema.block().attributes(0).description_kind(), tfplugin6::MARKDOWN);
  EXPECT_FALSE(schema.block().attributes(0).deprecated());
  EXPECT_EQ(schema.block().attributes(1).type(), R"(["set","string"])");
  EXPECT_FALSE(schema.block().attributes(1).has_nested_type());
}

TEST(ProtoSchema, EveryModeSetsItsFlags) {
  const struct {
    Mode mode;
    bool required, optional, computed;
  } rows[] = {{Mode::kRequired, true, false, false},
              {Mode::kOptional, false, true, false},
              {Mode::kComputed, false, false, true},
              {Mode::kOptionalComputed, false, true, true}};
  for (const auto& row : rows) {
    const Wire schema = ToProto(Schema{.attributes = {{.name = "a", .mode = row.mode}}});
    EXPECT_EQ(schema.block().attributes(0).required(), row.required);
    EXPECT_EQ(schema.block().attributes(0).optional(), row.optional);
    EXPECT_EQ(schema.block().attributes(0).computed(), row.computed);
  }
}

TEST(ProtoSchema, NestedAttributesOfAllNestings) {
  const struct {
    Nesting nesting;
    tfplugin6::Schema_Object_NestingMode wire;
  } rows[] = {{Nesting::kSingle, tfplugin6::Schema_Object::SINGLE},
              {Nesting::kList, tfplugin6::Schema_Object::LIST},
              {Nesting::kSet, tfplugin6::Schema_Object::SET},
              {Nesting::kMap, tfplugin6::Schema_Object::MAP}};
  for (const auto& row : rows) {
    const Wire schema = ToProto(Schema{
        .attributes = {{.name = "spec",
                        .type = NestedObject{row.nesting,
                                             {{.name = "secret", .sensitive = true, .deprecation = "Use secret_wo."},
                                              {.name = "secret_wo", .write_only = true}}}}}});
    const tfplugin6::Schema_Attribute& spec = schema.block().attributes(0);
    EXPECT_TRUE(spec.type().empty());  // type and nested_type exclude each other
    EXPECT_EQ(spec.nested_type().nesting(), row.wire);
    ASSERT_EQ(spec.nested_type().attributes_size(), 2);
    EXPECT_TRUE(spec.nested_type().attributes(0).sensitive());
    EXPECT_TRUE(spec.nested_type().attributes(0).deprecated());
    EXPECT_EQ(spec.nested_type().attributes(0).deprecation_message(), "Use secret_wo.");
    EXPECT_FALSE(spec.nested_type().attributes(0).write_only());
    EXPECT_TRUE(spec.nested_type().attributes(1).write_only());
  }
}

TEST(ProtoSchema, BlocksOfAllNestingsWithLimits) {
  const struct {
    Nesting nesting;
    tfplugin6::Schema_NestedBlock_NestingMode wire;
  } rows[] = {{Nesting::kSingle, tfplugin6::Schema_NestedBlock::SINGLE},
              {Nesting::kList, tfplugin6::Schema_NestedBlock::LIST},
              {Nesting::kSet, tfplugin6::Schema_NestedBlock::SET},
              {Nesting::kMap, tfplugin6::Schema_NestedBlock::MAP}};
  for (const auto& row : rows) {
    const Wire schema = ToProto(Schema{.attributes = {},
                                       .blocks = {{.name = "rule",
                                                   .nesting = row.nesting,
                                                   .attributes = {{.name = "port", .type = Type::Number()}},
                                                   .blocks = {{.name = "inner", .attributes = {}}},
                                                   .min_items = 1,
                                                   .max_items = 4,
                                                   .description = "A rule."}}});
    ASSERT_EQ(schema.block().block_types_size(), 1);
    const tfplugin6::Schema_NestedBlock& rule = schema.block().block_types(0);
    EXPECT_EQ(rule.type_name(), "rule");
    EXPECT_EQ(rule.nesting(), row.wire);
    EXPECT_EQ(rule.min_items(), 1);
    EXPECT_EQ(rule.max_items(), 4);
    EXPECT_EQ(rule.block().description(), "A rule.");
    EXPECT_EQ(rule.block().attributes(0).type(), R"("number")");
    EXPECT_EQ(rule.block().block_types(0).type_name(), "inner");
  }
}

TEST(ProtoSchema, AnEmptySchemaHasABlock) {
  EXPECT_TRUE(ToProto(Schema{}).has_block());  // Terraform refuses a provider without one
}

}  // namespace
}  // namespace tfcpp
