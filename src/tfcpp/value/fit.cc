// SPDX-License-Identifier: Apache-2.0
#include "tfcpp/value/fit.h"

#include <cstddef>
#include <utility>
#include <variant>

#include "tfcpp/base/strings.h"
#include "tfcpp/value/walk.h"

namespace tfcpp {
namespace {

constexpr std::size_t kMaxFaults = 10;

std::string WithArticle(const Type& type) {
  return Concat(type.kind() == Type::Kind::kObject ? "an " : "a ", type.FriendlyName());
}

class Fitter {
 public:
  std::vector<std::string> Take() { return std::move(faults_); }

  Value operator()(const Value& value, const Type& type, const Path& path) {
    if (type.kind() == Type::Kind::kDynamic) {
      // Its own type is what it must fit.
      return value.type().kind() == Type::Kind::kDynamic ? value : (*this)(value, value.type(), path);
    }
    if (value.is_null()) return Value::Null(type);
    if (!value.is_known()) return Value::Unknown(type, !value.may_be_null());
    if (value.type().kind() != type.kind()) return Misfit(value, type, path);
    switch (type.kind()) {
      case Type::Kind::kList:
        return Value::List(ElementType(value, type), FitElements(value, type, path));
      case Type::Kind::kSet:
        return Value::Set(ElementType(value, type), FitElements(value, type, path));
      case Type::Kind::kMap:
        return FitMap(value, type, path);
      case Type::Kind::kObject:
        return FitObject(value, type, path);
      case Type::Kind::kTuple:
        return FitTuple(value, type, path);
      default:
        return value;
    }
  }

 private:
  void Add(const Path& path, std::string_view fault) {
    if (faults_.size() < kMaxFaults) {
      faults_.push_back(Concat(path.empty() ? std::string("it") : path.ToString(), " ", fault));
    }
  }

  Value Misfit(const Value& value, const Type& type, const Path& path) {
    Add(path, Concat("must be ", WithArticle(type), ", but is ", WithArticle(value.type())));
    return Value::Null(type);
  }

  static Type ElementType(const Value& value, const Type& type) {
    return type.element().has_dynamic() ? value.type().element() : type.element();
  }

  std::vector<Value> FitElements(const Value& value, const Type& type, const Path& path) {
    std::vector<Value> elements;
    for (const Value& element : value.Elements()) {
      const Path at = type.kind() == Type::Kind::kSet ? path.Element(element)
                                                      : path.Index(static_cast<std::int64_t>(elements.size()));
      elements.push_back((*this)(element, type.element(), at));
    }
    return elements;
  }

  Value FitMap(const Value& value, const Type& type, const Path& path) {
    Value::Members entries;
    for (const auto& [key, element] : value.Entries()) {
      entries.emplace(key, (*this)(element, type.element(), path.Key(key)));
    }
    return Value::Map(ElementType(value, type), std::move(entries));
  }

  Value FitObject(const Value& value, const Type& type, const Path& path) {
    Value::Members members;
    for (const auto& [name, member] : type.attributes()) {
      if (!value.Has(name)) Add(path.Attribute(name), "is missing");
      members.emplace(name,
                      value.Has(name) ? (*this)(value.Get(name), member, path.Attribute(name)) : Value::Null(member));
    }
    for (const auto& [name, member] : value.Entries()) {
      if (!type.attributes().contains(name)) Add(path.Attribute(name), "is no attribute of the schema");
    }
    return Value::Object(std::move(members));
  }

  Value FitTuple(const Value& value, const Type& type, const Path& path) {
    const std::vector<Value>& given = value.Elements();
    if (given.size() != type.tuple_elements().size()) return Misfit(value, type, path);
    std::vector<Value> elements;
    for (std::size_t i = 0; i < given.size(); ++i) {
      elements.push_back((*this)(given[i], type.tuple_elements()[i], path.Index(static_cast<std::int64_t>(i))));
    }
    return Value::Tuple(std::move(elements));
  }

  std::vector<std::string> faults_;
};

// The type one step further; null: there is no such place.
const Type* Next(const Type& type, const PathStep& step) {
  switch (type.kind()) {
    case Type::Kind::kObject: {
      const auto* attribute = std::get_if<AttributeStep>(&step);
      if (attribute == nullptr) return nullptr;
      const auto found = type.attributes().find(attribute->name);
      return found == type.attributes().end() ? nullptr : &found->second;
    }
    case Type::Kind::kMap:
      return std::holds_alternative<KeyStep>(step) ? &type.element() : nullptr;
    case Type::Kind::kList:
      return std::holds_alternative<IndexStep>(step) ? &type.element() : nullptr;
    case Type::Kind::kSet:
      return std::holds_alternative<ElementStep>(step) ? &type.element() : nullptr;
    case Type::Kind::kTuple: {
      const auto* index = std::get_if<IndexStep>(&step);
      const auto& elements = type.tuple_elements();
      const bool exists =
          index != nullptr && index->index >= 0 && static_cast<std::size_t>(index->index) < elements.size();
      return exists ? &elements[static_cast<std::size_t>(index->index)] : nullptr;
    }
    default:
      return nullptr;
  }
}

}  // namespace

Fitted Fit(const Value& value, const Type& type) {
  Fitter fitter;
  Value fitted = fitter(value, type, Path());
  return {std::move(fitted), fitter.Take()};
}

bool LeadsSomewhere(const Path& path, const Type& type) {
  const Type* at = &type;
  for (const PathStep& step : path.steps()) {
    if (at->kind() == Type::Kind::kDynamic) return true;
    at = Next(*at, step);
    if (at == nullptr) return false;
  }
  return true;
}

std::vector<Path> UnknownIn(const Value& value) {
  std::vector<Path> paths;
  Walk(value, [&](const Path& path, const Value& part) {
    if (!part.is_known()) paths.push_back(path);
    return !part.is_wholly_known();
  });
  return paths;
}

}  // namespace tfcpp
