// SPDX-License-Identifier: Apache-2.0
#include "tfcpp/value/walk.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace tfcpp {
namespace {

using Steps = std::vector<PathStep>;

bool IsSequence(const Value& value) {
  return value.type().kind() == Type::Kind::kList || value.type().kind() == Type::Kind::kTuple;
}

// The member's name for a step into an object or map; null for other steps.
const std::string* MemberName(const Value& value, const PathStep& step) {
  if (const auto* attribute = std::get_if<AttributeStep>(&step)) {
    return value.type().kind() == Type::Kind::kObject ? &attribute->name : nullptr;
  }
  if (const auto* key = std::get_if<KeyStep>(&step)) {
    return value.type().kind() == Type::Kind::kMap ? &key->key : nullptr;
  }
  return nullptr;
}

Type StepType(const Type& type, const PathStep& step) {
  if (const auto* attribute = std::get_if<AttributeStep>(&step)) {
    if (type.kind() == Type::Kind::kObject) {
      const auto found = type.attributes().find(attribute->name);
      if (found != type.attributes().end()) return found->second;
    }
  } else if (const auto* index = std::get_if<IndexStep>(&step); index != nullptr && type.kind() == Type::Kind::kTuple) {
    const auto at = static_cast<std::size_t>(index->index);
    if (index->index >= 0 && at < type.tuple_elements().size()) return type.tuple_elements()[at];
  } else if (type.is_collection()) {
    return type.element();
  }
  return Type::Dynamic();
}

const Value* Child(const Value& value, const PathStep& step) {
  if (const std::string* name = MemberName(value, step)) {
    const auto found = value.Entries().find(*name);
    return found == value.Entries().end() ? nullptr : &found->second;
  }
  if (const auto* index = std::get_if<IndexStep>(&step); index != nullptr && IsSequence(value)) {
    const auto& elements = value.Elements();
    const auto at = static_cast<std::size_t>(index->index);
    return index->index >= 0 && at < elements.size() ? &elements[at] : nullptr;
  }
  if (const auto* element = std::get_if<ElementStep>(&step);
      element != nullptr && value.type().kind() == Type::Kind::kSet) {
    const auto& elements = value.Elements();
    const auto found = std::find(elements.begin(), elements.end(), element->element);
    return found == elements.end() ? nullptr : &*found;
  }
  return nullptr;
}

void WalkFrom(const Path& path, const Value& value, const std::function<bool(const Path&, const Value&)>& visit) {
  if (!visit(path, value) || !value.is_set()) return;
  switch (value.type().kind()) {
    case Type::Kind::kObject:
      for (const auto& [name, member] : value.Entries()) WalkFrom(path.Attribute(name), member, visit);
      break;
    case Type::Kind::kMap:
      for (const auto& [key, member] : value.Entries()) WalkFrom(path.Key(key), member, visit);
      break;
    case Type::Kind::kSet:
      for (const Value& element : value.Elements()) WalkFrom(path.Element(element), element, visit);
      break;
    case Type::Kind::kList:
    case Type::Kind::kTuple:
      for (std::size_t i = 0; i < value.Elements().size(); ++i) {
        WalkFrom(path.Index(static_cast<std::int64_t>(i)), value.Elements()[i], visit);
      }
      break;
    default:
      break;
  }
}

Value ReplaceFrom(const Value& value, Steps::const_iterator step, Steps::const_iterator end, Value part) {
  if (step == end) return part;
  const Value* child = value.is_set() ? Child(value, *step) : nullptr;
  if (child == nullptr) throw std::logic_error("Replace: the path leads nowhere");
  Value replaced = ReplaceFrom(*child, step + 1, end, std::move(part));
  if (const std::string* name = MemberName(value, *step)) return value.With(*name, std::move(replaced));
  std::vector<Value> elements = value.Elements();
  elements[static_cast<std::size_t>(child - value.Elements().data())] = std::move(replaced);
  if (value.type().kind() == Type::Kind::kList) return Value::List(value.type().element(), std::move(elements));
  if (value.type().kind() == Type::Kind::kSet) return Value::Set(value.type().element(), std::move(elements));
  return Value::Tuple(std::move(elements));
}

}  // namespace

std::optional<Value> At(const Value& root, const Path& path) {
  const Value* value = &root;
  for (auto step = path.steps().begin(); step != path.steps().end(); ++step) {
    if (!value->is_known()) {
      Type type = value->type();
      for (; step != path.steps().end(); ++step) type = StepType(type, *step);
      return Value::Unknown(std::move(type));
    }
    if (value->is_null()) return std::nullopt;
    value = Child(*value, *step);
    if (value == nullptr) return std::nullopt;
  }
  return *value;
}

void Walk(const Value& root, const std::function<bool(const Path&, const Value&)>& visit) {
  WalkFrom(Path(), root, visit);
}

Value Replace(const Value& root, const Path& path, Value part) {
  return ReplaceFrom(root, path.steps().begin(), path.steps().end(), std::move(part));
}

}  // namespace tfcpp
