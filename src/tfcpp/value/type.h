// SPDX-License-Identifier: Apache-2.0
// Type: a type of the Terraform language: string, number, bool, dynamic, list, set, map, object, tuple.
//
//   Type events = Type::Set(Type::String());
//   Type spec = Type::Object({{"url", Type::String()}, {"retries", Type::Number()}});
//   spec.ToJson();   // ["object",{"retries":"number","url":"string"}]
//
// Immutable; copies share one tree, so copying is cheap. Equality is structural. Thread safety: reading is safe. The
// JSON form is the one that Terraform uses on the wire (plugin protocol 6, Schema.Attribute.type).
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "tfcpp/base/result.h"

namespace tfcpp {

class Type {
 public:
  enum class Kind { kString, kNumber, kBool, kDynamic, kList, kSet, kMap, kObject, kTuple };
  using AttributeMap = std::map<std::string, Type, std::less<>>;

  static Type String();
  static Type Number();
  static Type Bool();
  // "Any type": a value of it carries its own type. As a Value's own type it occurs for null and unknown only.
  static Type Dynamic();
  static Type List(Type element);
  static Type Set(Type element);
  static Type Map(Type element);
  static Type Object(AttributeMap attributes);
  static Type Tuple(std::vector<Type> elements);

  Kind kind() const;
  bool is_primitive() const;   // string, number, bool
  bool is_collection() const;  // list, set, map
  // Of list, set, map. Throws std::logic_error for other kinds, as do the two below.
  const Type& element() const;
  const AttributeMap& attributes() const;           // of object
  const std::vector<Type>& tuple_elements() const;  // of tuple

  // True when dynamic occurs in it: values of the type need not all have the same concrete type.
  bool has_dynamic() const;

  std::string ToJson() const;
  // Accepts what ToJson writes, and the third element of an object (names of optional attributes), which is dropped.
  // Nesting is limited to 64 levels.
  static Result<Type> FromJson(std::string_view json);

  // In words for people: "set of string", "object".
  std::string FriendlyName() const;

  friend bool operator==(const Type& a, const Type& b);

 private:
  struct Node;
  explicit Type(std::shared_ptr<const Node> node) : node_(std::move(node)) {}
  std::shared_ptr<const Node> node_;
};

}  // namespace tfcpp
