#include "tfcpp/host/wire_schema.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "tfcpp/codec/proto_schema.h"

namespace tfcpp::host {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

Schema EveryKind() {
  const NestedObject nested{Nesting::kMap, {{.name = "a", .mode = Mode::kRequired}, {.name = "b", .sensitive = true}}};
  Block block{.name = "block", .nesting = Nesting::kList, .attributes = {{.name = "c"}}};
  block.blocks = {{.name = "inner", .nesting = Nesting::kSet, .attributes = {{.name = "d"}}}};
  block.min_items = 1;
  block.max_items = 3;
  return {.version = 7,
          .attributes = {{.name = "required", .mode = Mode::kRequired, .description = "Its description."},
                         {.name = "computed", .type = Type::Map(Type::Number()), .mode = Mode::kComputed},
                         {.name = "both", .type = Type::Dynamic(), .mode = Mode::kOptionalComputed},
                         {.name = "secret", .write_only = true},
                         {.name = "nested", .type = nested}},
          .blocks = {block}};
}

TEST(WireSchema, IsWhatWasSent) {
  const ReceivedSchema received = FromProto(ToProto(EveryKind()));
  EXPECT_THAT(received.mistakes, IsEmpty());
  EXPECT_EQ(received.schema.version, 7);
  EXPECT_EQ(received.schema.ImpliedType(), EveryKind().ImpliedType());
  // All that a message can say is in it again.
  EXPECT_EQ(ToProto(received.schema).SerializeAsString(), ToProto(EveryKind()).SerializeAsString());
}

struct Mistake {
  std::function<void(tfplugin6::Schema_Block&)> make;
  const char* told;
};

tfplugin6::Schema_Attribute& AttributeOf(tfplugin6::Schema_Block& block, int index) {
  return *block.mutable_attributes(index);
}

TEST(WireSchema, TellsEachMistake) {
  using Block = tfplugin6::Schema_Block;
  using NestedBlock = tfplugin6::Schema_NestedBlock;
  const auto block_of = [](Block& block) -> NestedBlock& { return *block.mutable_block_types(0); };
  const Mistake kMistakes[] = {
      {[](Block& block) { AttributeOf(block, 0).set_computed(true); }, "required is required and computed at once"},
      {[](Block& block) { AttributeOf(block, 0).set_optional(true); }, "required is required and optional at once"},
      {[](Block& block) { AttributeOf(block, 0).set_required(false); }, "required is neither required nor optional"},
      {[](Block& block) { AttributeOf(block, 1).clear_type(); }, "computed has no type"},
      {[](Block& block) { AttributeOf(block, 1).set_type("\"text\""); }, "computed has a type that is none"},
      {[](Block& block) { AttributeOf(block, 4).set_type("\"string\""); }, "nested has a type and nested attributes"},
      {[](Block& block) { AttributeOf(block, 4).mutable_nested_type()->clear_nesting(); }, "nested has a nesting"},
      {[](Block& block) { AttributeOf(block, 1).set_type(R"(["set","dynamic"])"); }, "a set with dynamic values"},
      {[](Block& block) { AttributeOf(block, 0).set_name("Required"); }, "Required is no well-formed name"},
      {[](Block& block) { AttributeOf(block, 0).set_name("count"); }, "count is a name that Terraform keeps"},
      {[](Block& block) { AttributeOf(block, 0).set_name("both"); }, "both occurs twice"},
      {[&](Block& block) { block_of(block).clear_nesting(); }, "block has a nesting that is none"},
      {[&](Block& block) { block_of(block).mutable_block()->set_computed(true); }, "block is a computed block"},
      {[&](Block& block) { block_of(block).set_min_items(4); }, "block needs more blocks than it allows"},
      {[&](Block& block) { block_of(block).set_min_items(-1); }, "block has a negative bound"},
      {[&](Block& block) { block_of(block).set_nesting(NestedBlock::SINGLE); }, "block is a single block"},
      {[&](Block& block) { block_of(block).set_nesting(NestedBlock::MAP); }, "block has bounds of its number"},
      {[&](Block& block) { block_of(block).mutable_block()->mutable_attributes(0)->set_required(true); },
       "block.c is required and optional at once"},
  };
  for (const Mistake& row : kMistakes) {
    tfplugin6::Schema message = ToProto(EveryKind());
    row.make(*message.mutable_block());
    EXPECT_THAT(FromProto(message).mistakes, Contains(HasSubstr(row.told))) << row.told;
  }
}

TEST(WireSchema, Identity) {
  const Schema schema{.attributes = {{.name = "id", .mode = Mode::kRequired}, {.name = "place"}}};
  tfplugin6::ResourceIdentitySchema message = IdentityToProto(schema);
  EXPECT_THAT(FromProto(message).mistakes, IsEmpty());
  EXPECT_EQ(FromProto(message).schema.ImpliedType(), schema.ImpliedType());
  message.mutable_identity_attributes(0)->set_optional_for_import(true);
  EXPECT_THAT(FromProto(message).mistakes, ElementsAre(HasSubstr("id is to be either")));
}

}  // namespace
}  // namespace tfcpp::host
