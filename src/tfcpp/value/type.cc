// SPDX-License-Identifier: Apache-2.0
#include "tfcpp/value/type.h"

#include <algorithm>
#include <stdexcept>

#include "tfcpp/base/strings.h"
#include "tfcpp/json/json.h"

namespace tfcpp {

struct Type::Node {
  Kind kind;
  std::vector<Type> elements = {};  // of a collection: one; of a tuple: all
  AttributeMap attributes = {};
  bool has_dynamic = false;
};

namespace {

const char* KindName(Type::Kind kind) {
  switch (kind) {
    case Type::Kind::kString:
      return "string";
    case Type::Kind::kNumber:
      return "number";
    case Type::Kind::kBool:
      return "bool";
    case Type::Kind::kDynamic:
      return "dynamic";
    case Type::Kind::kList:
      return "list";
    case Type::Kind::kSet:
      return "set";
    case Type::Kind::kMap:
      return "map";
    case Type::Kind::kObject:
      return "object";
    case Type::Kind::kTuple:
      return "tuple";
  }
  throw std::logic_error("Type: no such kind");
}

Json ToJsonValue(const Type& type) {
  switch (type.kind()) {
    case Type::Kind::kList:
    case Type::Kind::kSet:
    case Type::Kind::kMap:
      return Json::Array({Json::String(KindName(type.kind())), ToJsonValue(type.element())});
    case Type::Kind::kObject: {
      Json::Members members;
      for (const auto& [name, attribute] : type.attributes()) members.emplace_back(name, ToJsonValue(attribute));
      return Json::Array({Json::String("object"), Json::Object(std::move(members))});
    }
    case Type::Kind::kTuple: {
      std::vector<Json> elements;
      for (const Type& element : type.tuple_elements()) elements.push_back(ToJsonValue(element));
      return Json::Array({Json::String("tuple"), Json::Array(std::move(elements))});
    }
    default:
      return Json::String(KindName(type.kind()));
  }
}

Error NoType() { return {.code = ErrorCode::kMalformed, .message = "not the JSON form of a type"}; }

// Json limits the depth already.
Result<Type> FromJsonValue(const Json& json) {
  if (json.is_string()) {
    if (json.string() == "string") return Type::String();
    if (json.string() == "number") return Type::Number();
    if (json.string() == "bool") return Type::Bool();
    if (json.string() == "dynamic") return Type::Dynamic();
    return NoType();
  }
  if (!json.is_array() || json.elements().size() < 2 || !json.elements()[0].is_string()) return NoType();
  const std::string& kind = json.elements()[0].string();
  const Json& inner = json.elements()[1];
  if (kind == "object") {
    if (!inner.is_object() || json.elements().size() > 3) return NoType();
    Type::AttributeMap attributes;
    for (const auto& [name, member] : inner.members()) {
      TFCPP_ASSIGN_OR_RETURN(Type attribute, FromJsonValue(member));
      attributes.insert_or_assign(name, std::move(attribute));
    }
    return Type::Object(std::move(attributes));
  }
  if (json.elements().size() != 2) return NoType();
  if (kind == "tuple") {
    if (!inner.is_array()) return NoType();
    std::vector<Type> elements;
    for (const Json& element : inner.elements()) {
      TFCPP_ASSIGN_OR_RETURN(Type type, FromJsonValue(element));
      elements.push_back(std::move(type));
    }
    return Type::Tuple(std::move(elements));
  }
  TFCPP_ASSIGN_OR_RETURN(Type element, FromJsonValue(inner));
  if (kind == "list") return Type::List(std::move(element));
  if (kind == "set") return Type::Set(std::move(element));
  if (kind == "map") return Type::Map(std::move(element));
  return NoType();
}

}  // namespace

// Primitives are compared and copied all the time, so each is one node for the whole process.
Type Type::String() {
  static const Type kType(std::make_shared<const Node>(Node{Kind::kString}));
  return kType;
}
Type Type::Number() {
  static const Type kType(std::make_shared<const Node>(Node{Kind::kNumber}));
  return kType;
}
Type Type::Bool() {
  static const Type kType(std::make_shared<const Node>(Node{Kind::kBool}));
  return kType;
}
Type Type::Dynamic() {
  static const Type kType(std::make_shared<const Node>(Node{.kind = Kind::kDynamic, .has_dynamic = true}));
  return kType;
}
Type Type::List(Type element) {
  const bool dynamic = element.has_dynamic();
  return Type(std::make_shared<const Node>(Node{Kind::kList, {std::move(element)}, {}, dynamic}));
}
Type Type::Set(Type element) {
  const bool dynamic = element.has_dynamic();
  return Type(std::make_shared<const Node>(Node{Kind::kSet, {std::move(element)}, {}, dynamic}));
}
Type Type::Map(Type element) {
  const bool dynamic = element.has_dynamic();
  return Type(std::make_shared<const Node>(Node{Kind::kMap, {std::move(element)}, {}, dynamic}));
}
Type Type::Object(AttributeMap attributes) {
  const bool dynamic =
      std::any_of(attributes.begin(), attributes.end(), [](const auto& entry) { return entry.second.has_dynamic(); });
  return Type(std::make_shared<const Node>(Node{Kind::kObject, {}, std::move(attributes), dynamic}));
}
Type Type::Tuple(std::vector<Type> elements) {
  const bool dynamic =
      std::any_of(elements.begin(), elements.end(), [](const Type& type) { return type.has_dynamic(); });
  return Type(std::make_shared<const Node>(Node{Kind::kTuple, std::move(elements), {}, dynamic}));
}

Type::Kind Type::kind() const { return node_->kind; }
bool Type::is_primitive() const { return node_->kind <= Kind::kBool; }
bool Type::is_collection() const {
  return node_->kind == Kind::kList || node_->kind == Kind::kSet || node_->kind == Kind::kMap;
}
const Type& Type::element() const {
  if (!is_collection()) throw std::logic_error(Concat("Type: ", FriendlyName(), " has no element type"));
  return node_->elements.front();
}
const Type::AttributeMap& Type::attributes() const {
  if (node_->kind != Kind::kObject) throw std::logic_error(Concat("Type: ", FriendlyName(), " has no attributes"));
  return node_->attributes;
}
const std::vector<Type>& Type::tuple_elements() const {
  if (node_->kind != Kind::kTuple) throw std::logic_error(Concat("Type: ", FriendlyName(), " is no tuple"));
  return node_->elements;
}
bool Type::has_dynamic() const { return node_->has_dynamic; }

std::string Type::ToJson() const { return ToJsonValue(*this).Write(); }

Result<Type> Type::FromJson(std::string_view text) {
  TFCPP_ASSIGN_OR_RETURN(const Json json, Json::Parse(text));
  return FromJsonValue(json);
}

std::string Type::FriendlyName() const {
  if (is_collection()) return Concat(KindName(kind()), " of ", element().FriendlyName());
  return KindName(kind());
}

bool operator==(const Type& a, const Type& b) {
  if (a.node_ == b.node_) return true;
  return a.node_->kind == b.node_->kind && a.node_->elements == b.node_->elements &&
         a.node_->attributes == b.node_->attributes;
}

}  // namespace tfcpp
