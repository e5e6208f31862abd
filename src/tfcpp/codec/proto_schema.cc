// SPDX-License-Identifier: Apache-2.0
#include "tfcpp/codec/proto_schema.h"

#include <stdexcept>
#include <string>
#include <variant>
#include <vector>

#include "tfcpp/base/strings.h"

namespace tfcpp {
namespace {

tfplugin6::Schema_Object_NestingMode AttributeNesting(Nesting nesting) {
  switch (nesting) {
    case Nesting::kSingle:
      return tfplugin6::Schema_Object::SINGLE;
    case Nesting::kList:
      return tfplugin6::Schema_Object::LIST;
    case Nesting::kSet:
      return tfplugin6::Schema_Object::SET;
    case Nesting::kMap:
      return tfplugin6::Schema_Object::MAP;
  }
  throw std::logic_error("ToProto: unknown nesting");
}

tfplugin6::Schema_NestedBlock_NestingMode BlockNesting(Nesting nesting) {
  switch (nesting) {
    case Nesting::kSingle:
      return tfplugin6::Schema_NestedBlock::SINGLE;
    case Nesting::kList:
      return tfplugin6::Schema_NestedBlock::LIST;
    case Nesting::kSet:
      return tfplugin6::Schema_NestedBlock::SET;
    case Nesting::kMap:
      return tfplugin6::Schema_NestedBlock::MAP;
  }
  throw std::logic_error("ToProto: unknown nesting");
}

// What attributes and blocks have in common.
template <class Message>
void Describe(const std::string& description, const std::string& deprecation, Message& message) {
  message.set_description(ToValidUtf8(description));
  message.set_description_kind(tfplugin6::MARKDOWN);
  message.set_deprecated(!deprecation.empty());
  message.set_deprecation_message(ToValidUtf8(deprecation));
}

void Write(const Attribute& attribute, tfplugin6::Schema_Attribute& message) {
  message.set_name(attribute.name);
  if (const NestedObject* nested = attribute.nested()) {
    tfplugin6::Schema_Object& object = *message.mutable_nested_type();
    object.set_nesting(AttributeNesting(nested->nesting));
    for (const Attribute& member : nested->attributes) Write(member, *object.add_attributes());
  } else {
    message.set_type(std::get<Type>(attribute.type).ToJson());
  }
  message.set_required(attribute.required());
  message.set_optional(attribute.optional());
  message.set_computed(attribute.computed());
  message.set_sensitive(attribute.sensitive);
  message.set_write_only(attribute.write_only);
  Describe(attribute.description, attribute.deprecation, message);
}

void Write(const std::vector<Attribute>& attributes, const std::vector<Block>& blocks,
           tfplugin6::Schema_Block& message) {
  for (const Attribute& attribute : attributes) Write(attribute, *message.add_attributes());
  for (const Block& block : blocks) {
    tfplugin6::Schema_NestedBlock& nested = *message.add_block_types();
    nested.set_type_name(block.name);
    nested.set_nesting(BlockNesting(block.nesting));
    nested.set_min_items(block.min_items);
    nested.set_max_items(block.max_items);
    Write(block.attributes, block.blocks, *nested.mutable_block());
    Describe(block.description, "", *nested.mutable_block());
  }
}

}  // namespace

tfplugin6::Schema ToProto(const Schema& schema) {
  tfplugin6::Schema message;
  message.set_version(schema.version);
  Write(schema.attributes, schema.blocks, *message.mutable_block());
  Describe(schema.description, schema.deprecation, *message.mutable_block());
  return message;
}

tfplugin6::ResourceIdentitySchema IdentityToProto(const Schema& schema) {
  tfplugin6::ResourceIdentitySchema message;
  message.set_version(schema.version);
  for (const Attribute& attribute : schema.attributes) {
    tfplugin6::ResourceIdentitySchema_IdentityAttribute& added = *message.add_identity_attributes();
    added.set_name(attribute.name);
    added.set_type(attribute.ImpliedType().ToJson());
    added.set_required_for_import(attribute.required());
    added.set_optional_for_import(attribute.optional());
    added.set_description(ToValidUtf8(attribute.description));
  }
  return message;
}

}  // namespace tfcpp
