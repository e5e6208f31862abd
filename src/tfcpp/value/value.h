// SPDX-License-Identifier: Apache-2.0
// Value: a value of the Terraform language, with its type. Null and unknown are values too.
//
//   Value spec = Value::Object({{"url", Value::String("https://x")}, {"secret", Value::Null(Type::String())}});
//   spec.Get("url").AsString();   // https://x
//   spec.ToString();              // {secret: null, url: "https://x"}
//
// Immutable; copies share one tree, so copying is cheap. Equality is structural: sets hold their elements sorted and
// without repetition, numbers have one form. Thread safety: reading is safe. Misuse (AsString of a null, an unknown or
// another type) throws std::logic_error: it is a bug in the caller.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "tfcpp/value/number.h"
#include "tfcpp/value/type.h"

namespace tfcpp {

class Value {
 public:
  using Members = std::map<std::string, Value, std::less<>>;  // attributes of an object, elements of a map

  // Value() is null of dynamic type; it lets containers exist, nothing more.
  Value();

  static Value Null(Type type);
  // `not_null`: Terraform knows already that the value will not be null (a refinement that decides, for instance,
  // whether a change is an update or a replacement).
  static Value Unknown(Type type, bool not_null = false);
  static Value String(std::string text);
  static Value Bool(bool value);
  static Value Int(std::int64_t value);
  static Value Num(Number number);
  static Value List(Type element, std::vector<Value> elements);
  static Value Set(Type element, std::vector<Value> elements);  // any order, repetitions allowed
  static Value Map(Type element, Members elements);
  static Value Object(Members attributes);  // its type follows from the attributes
  static Value Tuple(std::vector<Value> elements);

  const Type& type() const;
  bool is_null() const;
  bool is_known() const;                                    // null counts as known
  bool is_wholly_known() const;                             // nothing unknown at any depth
  bool is_set() const { return is_known() && !is_null(); }  // known and not null
  // Unknown without the not-null refinement, or null.
  bool may_be_null() const;

  const std::string& AsString() const;
  bool AsBool() const;
  const Number& AsNumber() const;
  const std::vector<Value>& Elements() const;  // list, set, tuple
  const Members& Entries() const;              // map, object
  // An attribute of a known object, an element of a known map. Throws std::logic_error when there is none.
  const Value& Get(std::string_view name) const;
  bool Has(std::string_view name) const;
  // This object or map with one member replaced or added.
  Value With(std::string_view name, Value member) const;

  // A notation for people and tests; tfcpp/value/parse.h reads it back.
  //   null, ?, ?! (unknown, not null), "text", 12, true, ["a", "b"] (list, set, tuple), {name: value} (map, object)
  std::string ToString() const;

  friend bool operator==(const Value& a, const Value& b);
  // A total order that keeps sets canonical; not Terraform's own order.
  friend bool operator<(const Value& a, const Value& b);

 private:
  struct Node;
  explicit Value(std::shared_ptr<const Node> node) : node_(std::move(node)) {}
  std::shared_ptr<const Node> node_;
};

}  // namespace tfcpp
