// SPDX-License-Identifier: Apache-2.0
#include "tfcpp/host/wire_schema.h"

#include <optional>
#include <utility>

#include "tfcpp/base/strings.h"

namespace tfcpp::host {
namespace {

class Reader {
 public:
  std::vector<Attribute> ReadAttributes(const google::protobuf::RepeatedPtrField<tfplugin6::Schema_Attribute>& messages,
                                        const Path& parent) {
    std::vector<Attribute> attributes;
    for (const tfplugin6::Schema_Attribute& message : messages) {
      attributes.push_back(ReadAttribute(message, parent.Attribute(message.name())));
    }
    return attributes;
  }

  std::vector<Block> ReadBlocks(const google::protobuf::RepeatedPtrField<tfplugin6::Schema_NestedBlock>& messages,
                                const Path& parent) {
    std::vector<Block> blocks;
    for (const tfplugin6::Schema_NestedBlock& message : messages) {
      const Path path = parent.Attribute(message.type_name());
      blocks.push_back({.name = message.type_name(),
                        .nesting = ReadNesting(message, path),
                        .attributes = ReadAttributes(message.block().attributes(), path),
                        .blocks = ReadBlocks(message.block().block_types(), path),
                        .min_items = message.min_items(),
                        .max_items = message.max_items(),
                        .description = message.block().description()});
      CheckBounds(message, path);
      // Up to Terraform 1.16 no client knows of it, and takes the block for one that users write.
      if (message.block().computed()) Add(path, "is a computed block, for clients that allow those");
      CheckSet(blocks.back().ImpliedType(), path);
    }
    return blocks;
  }

  // The type of an attribute's values, as JSON.
  Type ReadType(const std::string& json, const Path& path) {
    if (json.empty()) {
      Add(path, "has no type");
      return Type::Dynamic();
    }
    Result<Type> type = Type::FromJson(json);
    if (type.has_value()) return *std::move(type);
    Add(path, Concat("has a type that is none: ", OneLine(json)));
    return Type::Dynamic();
  }

  void Add(const Path& path, std::string_view mistake) { mistakes_.push_back(Concat(path.ToString(), " ", mistake)); }

  ReceivedSchema Finish(Schema schema) {
    for (std::string& mistake : schema.Check()) mistakes_.push_back(std::move(mistake));
    return {.schema = std::move(schema), .mistakes = std::move(mistakes_)};
  }

 private:
  Attribute ReadAttribute(const tfplugin6::Schema_Attribute& message, const Path& path) {
    Attribute attribute;
    attribute.name = message.name();
    attribute.mode = ReadMode(message, path);
    attribute.sensitive = message.sensitive();
    attribute.write_only = message.write_only();
    attribute.description = message.description();
    if (message.deprecated()) attribute.deprecation = Concat("deprecated: ", message.deprecation_message());
    if (message.has_nested_type()) {
      if (!message.type().empty()) Add(path, "has a type and nested attributes at once");
      attribute.type = NestedObject{ReadNesting(message.nested_type(), path),
                                    ReadAttributes(message.nested_type().attributes(), path)};
    } else {
      attribute.type = ReadType(message.type(), path);
    }
    CheckSet(attribute.ImpliedType(), path);
    return attribute;
  }

  Mode ReadMode(const tfplugin6::Schema_Attribute& message, const Path& path) {
    if (message.required()) {
      if (message.optional()) Add(path, "is required and optional at once");
      if (message.computed()) Add(path, "is required and computed at once");
      return Mode::kRequired;
    }
    if (message.optional()) return message.computed() ? Mode::kOptionalComputed : Mode::kOptional;
    if (!message.computed()) Add(path, "is neither required nor optional nor computed");
    return Mode::kComputed;
  }

  Nesting ReadNesting(const tfplugin6::Schema_Object& message, const Path& path) {
    switch (message.nesting()) {
      case tfplugin6::Schema_Object::LIST:
        return Nesting::kList;
      case tfplugin6::Schema_Object::SET:
        return Nesting::kSet;
      case tfplugin6::Schema_Object::MAP:
        return Nesting::kMap;
      case tfplugin6::Schema_Object::SINGLE:
        return Nesting::kSingle;
      default:
        Add(path, "has a nesting that is none");
        return Nesting::kSingle;
    }
  }

  Nesting ReadNesting(const tfplugin6::Schema_NestedBlock& message, const Path& path) {
    switch (message.nesting()) {
      case tfplugin6::Schema_NestedBlock::LIST:
        return Nesting::kList;
      case tfplugin6::Schema_NestedBlock::SET:
        return Nesting::kSet;
      case tfplugin6::Schema_NestedBlock::MAP:
        return Nesting::kMap;
      case tfplugin6::Schema_NestedBlock::SINGLE:
      case tfplugin6::Schema_NestedBlock::GROUP:
        return Nesting::kSingle;
      default:
        Add(path, "has a nesting that is none");
        return Nesting::kSingle;
    }
  }

  void CheckBounds(const tfplugin6::Schema_NestedBlock& message, const Path& path) {
    const std::int64_t least = message.min_items();
    const std::int64_t most = message.max_items();
    if (least < 0 || most < 0) Add(path, "has a negative bound of its number");
    if (most != 0 && least > most) Add(path, "needs more blocks than it allows");
    const bool single = message.nesting() == tfplugin6::Schema_NestedBlock::SINGLE;
    if (single && (least > 1 || most > 1)) Add(path, "is a single block, and bounded by more than one");
    const bool unbounded = message.nesting() == tfplugin6::Schema_NestedBlock::MAP ||
                           message.nesting() == tfplugin6::Schema_NestedBlock::GROUP;
    if (unbounded && (least != 0 || most != 0)) Add(path, "has bounds of its number, which its nesting cannot have");
  }

  // The elements of a set must have one type; a dynamic one could differ from element to element.
  void CheckSet(const Type& type, const Path& path) {
    if (type.kind() == Type::Kind::kSet && type.element().has_dynamic()) {
      Add(path, "is a set with dynamic values in it");
    }
  }

  std::vector<std::string> mistakes_;
};

}  // namespace

ReceivedSchema FromProto(const tfplugin6::Schema& message) {
  Reader reader;
  Schema schema{.version = message.version(),
                .attributes = reader.ReadAttributes(message.block().attributes(), Path()),
                .blocks = reader.ReadBlocks(message.block().block_types(), Path()),
                .description = message.block().description()};
  return reader.Finish(std::move(schema));
}

ReceivedSchema FromProto(const tfplugin6::ResourceIdentitySchema& message) {
  Reader reader;
  Schema schema{.version = message.version(), .attributes = {}};
  for (const auto& attribute : message.identity_attributes()) {
    const Path path(attribute.name());
    Attribute added;
    added.name = attribute.name();
    added.mode = attribute.required_for_import() ? Mode::kRequired : Mode::kOptional;
    added.type = reader.ReadType(attribute.type(), path);
    added.description = attribute.description();
    if (attribute.required_for_import() == attribute.optional_for_import()) {
      reader.Add(path, "is to be either required or optional for import");
    }
    schema.attributes.push_back(std::move(added));
  }
  return reader.Finish(std::move(schema));
}

}  // namespace tfcpp::host
