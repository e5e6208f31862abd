// SPDX-License-Identifier: Apache-2.0
#include "tfcpp/codec/state_json.h"

#include <limits>
#include <stdexcept>
#include <utility>
#include <vector>

#include "tfcpp/codec/assemble.h"
#include "tfcpp/codec/cursor.h"
#include "tfcpp/json/json.h"

namespace tfcpp {
namespace {

Json Encode(const Value& value, const Type& type);

Json EncodeSequence(const Value& value, const Type& type) {
  std::vector<Json> elements;
  elements.reserve(value.Elements().size());
  for (std::size_t i = 0; i < value.Elements().size(); ++i) {
    const bool is_tuple = type.kind() == Type::Kind::kTuple;
    elements.push_back(Encode(value.Elements()[i], is_tuple ? type.tuple_elements().at(i) : type.element()));
  }
  return Json::Array(std::move(elements));
}

Json EncodeMembers(const Value& value, const Type& type) {
  Json::Members members;
  if (type.kind() == Type::Kind::kObject) {
    for (const auto& [name, attribute] : type.attributes())
      members.emplace_back(name, Encode(value.Get(name), attribute));
  } else {
    for (const auto& [key, element] : value.Entries()) members.emplace_back(key, Encode(element, type.element()));
  }
  return Json::Object(std::move(members));
}

Json Encode(const Value& value, const Type& type) {
  if (!value.is_known()) throw std::logic_error("EncodeStateJson: a state holds no unknown values");
  if (type.kind() == Type::Kind::kDynamic && value.type().kind() != Type::Kind::kDynamic) {
    Result<Json> tag = Json::Parse(value.type().ToJson());
    return Json::Object({{"value", Encode(value, value.type())}, {"type", *std::move(tag)}});
  }
  if (value.is_null()) return Json::Null();
  if (value.type().kind() != type.kind()) {
    throw std::logic_error("EncodeStateJson: the value is of another kind than the type");
  }
  switch (type.kind()) {
    case Type::Kind::kString:
      return Json::String(value.AsString());
    case Type::Kind::kNumber:
      return Json::NumberText(value.AsNumber().ToString());
    case Type::Kind::kBool:
      return Json::Bool(value.AsBool());
    case Type::Kind::kList:
    case Type::Kind::kSet:
    case Type::Kind::kTuple:
      return EncodeSequence(value, type);
    case Type::Kind::kMap:
    case Type::Kind::kObject:
      return EncodeMembers(value, type);
    case Type::Kind::kDynamic:
      break;
  }
  throw std::logic_error("EncodeStateJson: a known value of dynamic type");
}

// The JSON as it is, without a type to go by.
Result<Value> DecodeUntyped(const Json& json, const Cursor& here) {
  if (json.is_null()) return Value::Null(Type::Dynamic());
  if (json.is_bool()) return Value::Bool(json.boolean());
  if (json.is_string()) return Value::String(json.string());
  if (json.is_number()) {
    Result<Number> number = Number::Parse(json.number_text());
    if (!number.has_value()) return here.Fail("a number is required");
    return Value::Num(*std::move(number));
  }
  if (json.is_array()) {
    std::vector<Value> elements;
    for (std::size_t i = 0; i < json.elements().size(); ++i) {
      TFCPP_ASSIGN_OR_RETURN(Value element, DecodeUntyped(json.elements()[i], here.Index(i)));
      elements.push_back(std::move(element));
    }
    return Value::Tuple(std::move(elements));
  }
  Value::Members members;
  for (const auto& [name, member] : json.members()) {
    TFCPP_ASSIGN_OR_RETURN(Value value, DecodeUntyped(member, here.Attribute(name)));
    members.insert_or_assign(name, std::move(value));
  }
  return Value::Object(std::move(members));
}

Result<Value> Decode(const Json& json, const Type& type, const Cursor& here);

// Primitives convert where nothing is lost, as in Terraform's own reader: an attribute's type may have changed since.
Result<Value> DecodePrimitive(const Json& json, const Type& type, const Cursor& here) {
  switch (type.kind()) {
    case Type::Kind::kString:
      if (json.is_string()) return Value::String(json.string());
      if (json.is_number()) return Value::String(json.number_text());
      if (json.is_bool()) return Value::String(json.boolean() ? "true" : "false");
      break;
    case Type::Kind::kNumber:
      if (json.is_number() || json.is_string()) {
        Result<Number> number = Number::Parse(json.is_number() ? json.number_text() : json.string());
        if (number.has_value()) return Value::Num(*std::move(number));
      }
      break;
    default:
      if (json.is_bool()) return Value::Bool(json.boolean());
      if (json.is_string() && (json.string() == "true" || json.string() == "false")) {
        return Value::Bool(json.string() == "true");
      }
      break;
  }
  return here.Fail(Concat("a ", type.FriendlyName(), " is required"));
}

Result<Value> DecodeDynamic(const Json& json, const Cursor& here) {
  const Json* tag = json.Find("type");
  const Json* value = json.Find("value");
  if (tag == nullptr || value == nullptr) return here.Fail("an object with \"type\" and \"value\" is required");
  Result<Type> type = Type::FromJson(tag->Write());
  if (!type.has_value()) return here.Fail("the type of a dynamic value is no type");
  return Decode(*value, *type, here);
}

Result<Value> DecodeSequence(const Json& json, const Type& type, const Cursor& here) {
  const bool is_tuple = type.kind() == Type::Kind::kTuple;
  if (!json.is_array() || (is_tuple && json.elements().size() != type.tuple_elements().size())) {
    return here.Fail(Concat("a ", type.FriendlyName(), " is required"));
  }
  std::vector<Value> elements;
  elements.reserve(json.elements().size());
  for (std::size_t i = 0; i < json.elements().size(); ++i) {
    const Cursor child = type.kind() == Type::Kind::kSet ? here.Element() : here.Index(i);
    TFCPP_ASSIGN_OR_RETURN(Value element,
                           Decode(json.elements()[i], is_tuple ? type.tuple_elements()[i] : type.element(), child));
    elements.push_back(std::move(element));
  }
  return is_tuple ? Value::Tuple(std::move(elements)) : AssembleSequence(type, std::move(elements), here);
}

Result<Value> DecodeMembers(const Json& json, const Type& type, const Cursor& here) {
  if (!json.is_object()) return here.Fail(Concat("a ", type.FriendlyName(), " is required"));
  Value::Members members;
  if (type.kind() == Type::Kind::kMap) {
    for (const auto& [key, element] : json.members()) {
      TFCPP_ASSIGN_OR_RETURN(Value value, Decode(element, type.element(), here.Key(key)));
      members.insert_or_assign(key, std::move(value));
    }
    return AssembleMap(type, std::move(members), here);
  }
  for (const auto& [name, attribute] : type.attributes()) {
    const Json* member = json.Find(name);
    TFCPP_ASSIGN_OR_RETURN(Value value, member == nullptr ? Result<Value>(Value::Null(attribute))
                                                          : Decode(*member, attribute, here.Attribute(name)));
    members.emplace(name, std::move(value));
  }
  return Value::Object(std::move(members));
}

Result<Value> Decode(const Json& json, const Type& type, const Cursor& here) {
  if (json.is_null()) return Value::Null(type);
  switch (type.kind()) {
    case Type::Kind::kString:
    case Type::Kind::kNumber:
    case Type::Kind::kBool:
      return DecodePrimitive(json, type, here);
    case Type::Kind::kDynamic:
      return DecodeDynamic(json, here);
    case Type::Kind::kList:
    case Type::Kind::kSet:
    case Type::Kind::kTuple:
      return DecodeSequence(json, type, here);
    case Type::Kind::kMap:
    case Type::Kind::kObject:
      return DecodeMembers(json, type, here);
  }
  throw std::logic_error("DecodeStateJson: unknown kind of type");
}

}  // namespace

std::string EncodeStateJson(const Value& value, const Type& type) { return Encode(value, type).Write(); }

Result<Value> DecodeStateJson(std::string_view json, const Type& type) {
  // What was written must be readable: only the depth is bounded.
  constexpr JsonLimits kLimits{.bytes = kMaxBytes, .values = std::numeric_limits<std::size_t>::max()};
  const Cursor root;
  if (json.size() > kMaxBytes) return root.Fail("the state is larger than 256 MiB");
  TFCPP_ASSIGN_OR_RETURN(const Json parsed, Json::Parse(json, kLimits));
  return type.kind() == Type::Kind::kDynamic ? DecodeUntyped(parsed, root) : Decode(parsed, type, root);
}

}  // namespace tfcpp
