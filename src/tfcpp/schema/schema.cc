// SPDX-License-Identifier: Apache-2.0
#include "tfcpp/schema/schema.h"

namespace tfcpp {
namespace {

Type Nest(Nesting nesting, Type object) {
  switch (nesting) {
    case Nesting::kSingle:
      return object;
    case Nesting::kList:
      return Type::List(std::move(object));
    case Nesting::kSet:
      return Type::Set(std::move(object));
    case Nesting::kMap:
      return Type::Map(std::move(object));
  }
  return object;
}

const Attribute* FindIn(const std::vector<Attribute>& attributes, const std::vector<Block>& blocks,
                        const std::vector<PathStep>& steps, std::size_t at) {
  while (at < steps.size() && !std::holds_alternative<AttributeStep>(steps[at])) ++at;  // an element of the parent
  if (at == steps.size()) return nullptr;
  const std::string& name = std::get<AttributeStep>(steps[at]).name;
  for (const Attribute& attribute : attributes) {
    if (attribute.name != name) continue;
    if (at + 1 == steps.size()) return &attribute;
    const NestedObject* nested = attribute.nested();
    return nested == nullptr ? nullptr : FindIn(nested->attributes, {}, steps, at + 1);
  }
  for (const Block& block : blocks) {
    if (block.name == name) return FindIn(block.attributes, block.blocks, steps, at + 1);
  }
  return nullptr;
}

}  // namespace

Type ObjectTypeOf(const std::vector<Attribute>& attributes, const std::vector<Block>& blocks) {
  Type::AttributeMap types;
  for (const Attribute& attribute : attributes) types.emplace(attribute.name, attribute.ImpliedType());
  for (const Block& block : blocks) types.emplace(block.name, block.ImpliedType());
  return Type::Object(std::move(types));
}

Type Attribute::ImpliedType() const {
  if (const NestedObject* object = nested()) return Nest(object->nesting, ObjectTypeOf(object->attributes, {}));
  return std::get<Type>(type);
}

Type Block::ImpliedType() const { return Nest(nesting, ObjectTypeOf(attributes, blocks)); }

Type Schema::ImpliedType() const { return ObjectTypeOf(attributes, blocks); }

const Attribute* Schema::Find(std::string_view name) const { return Find(Path(name)); }

const Attribute* Schema::Find(const Path& path) const { return FindIn(attributes, blocks, path.steps(), 0); }

}  // namespace tfcpp
