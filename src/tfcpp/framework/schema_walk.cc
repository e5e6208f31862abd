// SPDX-License-Identifier: Apache-2.0
#include "tfcpp/framework/schema_walk.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "tfcpp/base/strings.h"
#include "tfcpp/framework/guard.h"

namespace tfcpp {
namespace {

struct Members {
  const std::vector<Attribute>& attributes;
  const std::vector<Block>& blocks;
};

using Change = std::function<Value(const AttributeVisit&)>;

Value TransformObject(const Members& members, const Path& path, const Value& object, const Companions& companions,
                      const Change& change);

// The one place where functions of attributes run, such as validators: when one throws, it is told of which attribute.
Value ChangeAt(const AttributeVisit& visit, const Change& change) {
  try {
    return change(visit);
  } catch (...) {
    RethrowWith(Concat("at ", visit.path.ToString()));
  }
}

Value MemberOf(const Value& object, std::string_view name, const Type& type) {
  if (!object.is_known()) return Value::Unknown(type);
  if (object.is_null() || !object.Has(name)) return Value::Null(type);
  return object.Get(name);
}

bool SameElement(const Members& members, const Value& a, const Value& b) {
  if (!a.is_set() || !b.is_set()) return a == b;
  return std::all_of(members.attributes.begin(), members.attributes.end(), [&](const Attribute& attribute) {
    if (attribute.computed() || attribute.secret()) return true;
    return MemberOf(a, attribute.name, attribute.ImpliedType()) == MemberOf(b, attribute.name, attribute.ImpliedType());
  });
}

// Companions of the elements of one collection.
class Counterparts {
 public:
  Counterparts(const Members& members, const Value& companion, const Type& element)
      : members_(members),
        companion_(companion),
        none_(companion.is_known() ? Value::Null(element) : Value::Unknown(element)) {}

  const Value& At(std::size_t index) const {
    return companion_.is_set() && index < companion_.Elements().size() ? companion_.Elements()[index] : none_;
  }
  const Value& At(const std::string& key) const {
    return companion_.is_set() && companion_.Has(key) ? companion_.Get(key) : none_;
  }
  const Value& Like(const Value& element) const {
    if (!companion_.is_set()) return none_;
    for (const Value& candidate : companion_.Elements()) {
      if (SameElement(members_, candidate, element)) return candidate;
    }
    return none_;
  }

 private:
  const Members& members_;
  const Value& companion_;
  Value none_;
};

Value TransformNested(const Members& members, Nesting nesting, const Path& path, const Value& value,
                      const Companions& companions, const Change& change) {
  if (!value.is_set()) return value;
  if (nesting == Nesting::kSingle) return TransformObject(members, path, value, companions, change);

  const Type& element_type = value.type().element();
  const Counterparts configs(members, companions.config, element_type);
  const Counterparts priors(members, companions.prior, element_type);
  if (nesting == Nesting::kMap) {
    Value::Members entries;
    for (const auto& [key, element] : value.Entries()) {
      entries.emplace(key, TransformObject(members, path.Key(key), element, {configs.At(key), priors.At(key)}, change));
    }
    return Value::Map(element_type, std::move(entries));
  }
  std::vector<Value> elements;
  for (std::size_t i = 0; i < value.Elements().size(); ++i) {
    const Value& element = value.Elements()[i];
    elements.push_back(nesting == Nesting::kList
                           ? TransformObject(members, path.Index(static_cast<std::int64_t>(i)), element,
                                             {configs.At(i), priors.At(i)}, change)
                           : TransformObject(members, path.Element(element), element,
                                             {configs.Like(element), priors.Like(element)}, change));
  }
  return nesting == Nesting::kList ? Value::List(element_type, std::move(elements))
                                   : Value::Set(element_type, std::move(elements));
}

Value TransformObject(const Members& members, const Path& path, const Value& object, const Companions& companions,
                      const Change& change) {
  if (!object.is_set()) return object;
  const auto beside = [&](std::string_view name, const Type& type) {
    return Companions{MemberOf(companions.config, name, type), MemberOf(companions.prior, name, type)};
  };
  Value::Members changed = object.Entries();
  for (const Attribute& attribute : members.attributes) {
    const Type type = attribute.ImpliedType();
    const Path attribute_path = path.Attribute(attribute.name);
    const Companions mine = beside(attribute.name, type);
    Value value =
        ChangeAt({attribute, attribute_path, MemberOf(object, attribute.name, type), mine.config, mine.prior}, change);
    if (const NestedObject* nested = attribute.nested()) {
      value = TransformNested({nested->attributes, {}}, nested->nesting, attribute_path, value, mine, change);
    }
    changed.insert_or_assign(attribute.name, std::move(value));
  }
  for (const Block& block : members.blocks) {
    const Type type = block.ImpliedType();
    changed.insert_or_assign(
        block.name, TransformNested({block.attributes, block.blocks}, block.nesting, path.Attribute(block.name),
                                    MemberOf(object, block.name, type), beside(block.name, type), change));
  }
  return Value::Object(std::move(changed));
}

}  // namespace

Value TransformBySchema(const Schema& schema, const Value& value, const Companions& companions, const Change& change) {
  return TransformObject({schema.attributes, schema.blocks}, Path(), value, companions, change);
}

void VisitBySchema(const Schema& schema, const Value& value, const std::function<void(const AttributeVisit&)>& visit) {
  TransformBySchema(schema, value, {}, [&](const AttributeVisit& attribute) {
    visit(attribute);
    return attribute.value;
  });
}

}  // namespace tfcpp
