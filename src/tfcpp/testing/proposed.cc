// SPDX-License-Identifier: Apache-2.0
#include "tfcpp/testing/proposed.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace tfcpp::test {
namespace {

// What a nested object, or a block, consists of.
struct Members {
  const std::vector<Attribute>& attributes;
  const std::vector<Block>& blocks;

  Type ImpliedType() const { return ObjectTypeOf(attributes, blocks); }
};
const std::vector<Block> kNoBlocks;

Members MembersOf(const NestedObject& nested) { return {nested.attributes, kNoBlocks}; }
Members MembersOf(const Block& block) { return {block.attributes, block.blocks}; }

Value MemberOf(const Value& object, const std::string& name, const Type& type) {
  return object.is_set() ? object.Get(name) : Value::Null(type);
}

// True for each of the elements, of whatever nesting.
template <class Holds>
bool AnyElement(Nesting nesting, const Value& value, const Holds& holds) {
  if (!value.is_set()) return false;
  if (nesting == Nesting::kSingle) return holds(value);
  if (nesting == Nesting::kMap) {
    return std::any_of(value.Entries().begin(), value.Entries().end(),
                       [&](const auto& entry) { return holds(entry.second); });
  }
  return std::any_of(value.Elements().begin(), value.Elements().end(), holds);
}

// Whether some of the value was configured, and not computed.
bool HasConfiguredPart(const NestedObject& nested, const Value& value) {
  return AnyElement(nested.nesting, value, [&](const Value& object) {
    return object.is_set() &&
           std::any_of(nested.attributes.begin(), nested.attributes.end(), [&](const Attribute& attribute) {
             const Value& member = object.Get(attribute.name);
             if (member.is_null()) return false;
             return !attribute.computed() ||
                    (attribute.nested() != nullptr && HasConfiguredPart(*attribute.nested(), member));
           });
  });
}

// What stays although the configuration says nothing of it.
bool IsKept(const Attribute& attribute, const Value& prior, const Value& config) {
  if (!attribute.computed() || !config.is_null()) return false;
  const NestedObject* nested = attribute.nested();
  return nested == nullptr || !attribute.optional() || !HasConfiguredPart(*nested, prior);
}

bool CouldComeFrom(const Members& members, const Value& prior, const Value& config);

bool CouldComeFrom(Nesting nesting, const Members& members, const Value& prior, const Value& config) {
  if (prior == config) return true;
  if (!prior.is_set() || !config.is_set()) return false;
  if (nesting == Nesting::kSingle) return CouldComeFrom(members, prior, config);
  if (nesting == Nesting::kMap) {
    const auto& before = prior.Entries();
    const auto& wanted = config.Entries();
    return std::equal(before.begin(), before.end(), wanted.begin(), wanted.end(), [&](const auto& a, const auto& b) {
      return a.first == b.first && CouldComeFrom(members, a.second, b.second);
    });
  }
  if (nesting == Nesting::kSet) return false;  // an element has no path by which Terraform could compare it
  const auto& before = prior.Elements();
  const auto& wanted = config.Elements();
  return std::equal(before.begin(), before.end(), wanted.begin(), wanted.end(),
                    [&](const Value& a, const Value& b) { return CouldComeFrom(members, a, b); });
}

bool CouldComeFrom(const Members& members, const Value& prior, const Value& config) {
  if (prior == config) return true;
  if (!prior.is_set() || !config.is_set()) return false;
  const auto attribute_could = [&](const Attribute& attribute) {
    const Value& before = prior.Get(attribute.name);
    const Value& wanted = config.Get(attribute.name);
    if (before == wanted || IsKept(attribute, before, wanted)) return true;
    const NestedObject* nested = attribute.nested();
    return nested != nullptr && CouldComeFrom(nested->nesting, MembersOf(*nested), before, wanted);
  };
  const auto block_could = [&](const Block& block) {
    return CouldComeFrom(block.nesting, MembersOf(block), prior.Get(block.name), config.Get(block.name));
  };
  return std::all_of(members.attributes.begin(), members.attributes.end(), attribute_could) &&
         std::all_of(members.blocks.begin(), members.blocks.end(), block_could);
}

Value ProposeObject(const Members& members, const Value& prior, const Value& config);

Value ProposeMap(const Members& members, const Value& prior, const Value& config) {
  Value::Members elements;
  for (const auto& [key, element] : config.Entries()) {
    const bool matched = prior.is_set() && prior.Has(key);
    elements.emplace(key,
                     ProposeObject(members, matched ? prior.Get(key) : Value::Null(members.ImpliedType()), element));
  }
  return Value::Map(config.type().element(), std::move(elements));
}

Value ProposeList(const Members& members, const Value& prior, const Value& config) {
  std::vector<Value> elements;
  for (std::size_t i = 0; i < config.Elements().size(); ++i) {
    const bool matched = prior.is_set() && i < prior.Elements().size();
    elements.push_back(ProposeObject(members, matched ? prior.Elements()[i] : Value::Null(members.ImpliedType()),
                                     config.Elements()[i]));
  }
  return Value::List(config.type().element(), std::move(elements));
}

Value ProposeSet(const Members& members, const Value& prior, const Value& config) {
  std::vector<Value> left = prior.is_set() ? prior.Elements() : std::vector<Value>();
  std::vector<Value> elements;
  for (const Value& element : config.Elements()) {
    const auto match = std::find_if(left.begin(), left.end(),
                                    [&](const Value& before) { return CouldComeFrom(members, before, element); });
    elements.push_back(
        ProposeObject(members, match != left.end() ? *match : Value::Null(members.ImpliedType()), element));
    if (match != left.end()) left.erase(match);
  }
  return Value::Set(config.type().element(), std::move(elements));
}

Value ProposeNested(Nesting nesting, const Members& members, const Value& prior, const Value& config) {
  if (!config.is_set()) return config;
  switch (nesting) {
    case Nesting::kSingle:
      return ProposeObject(members, prior, config);
    case Nesting::kList:
      return ProposeList(members, prior, config);
    case Nesting::kMap:
      return ProposeMap(members, prior, config);
    case Nesting::kSet:
      return ProposeSet(members, prior, config);
  }
  return config;
}

Value ProposeObject(const Members& members, const Value& prior, const Value& config) {
  if (!config.is_set()) return config;
  Value proposed = config;
  for (const Attribute& attribute : members.attributes) {
    const Value& configured = config.Get(attribute.name);
    const Value before = MemberOf(prior, attribute.name, attribute.ImpliedType());
    if (IsKept(attribute, before, configured)) {
      proposed = proposed.With(attribute.name, before);
    } else if (const NestedObject* nested = attribute.nested()) {
      proposed = proposed.With(attribute.name, ProposeNested(nested->nesting, MembersOf(*nested), before, configured));
    }
  }
  for (const Block& block : members.blocks) {
    const Value before = MemberOf(prior, block.name, block.ImpliedType());
    proposed =
        proposed.With(block.name, ProposeNested(block.nesting, MembersOf(block), before, config.Get(block.name)));
  }
  return proposed;
}

}  // namespace

Value ProposedNewState(const Schema& schema, const Value& prior, const Value& config) {
  return ProposeObject({schema.attributes, schema.blocks}, prior, config);
}

}  // namespace tfcpp::test
