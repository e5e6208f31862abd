// SPDX-License-Identifier: Apache-2.0
// Collections out of decoded elements. Where the declared element type holds a dynamic type, the concrete one follows
// from the elements, which must agree. Pure; thread-safe.
#pragma once

#include <utility>
#include <vector>

#include "tfcpp/codec/cursor.h"
#include "tfcpp/value/type.h"
#include "tfcpp/value/value.h"

namespace tfcpp {

inline constexpr int kMaxDepth = 64;  // levels of nesting
inline constexpr std::size_t kMaxBytes =
    256u * 1024 * 1024;  // as the message limit of the plugin protocol's own servers

// The type that elements of declared type `declared` have in common.
template <class Range, class ToValue>
Result<Type> ElementType(const Type& declared, const Range& elements, ToValue to_value, const Cursor& here) {
  if (!declared.has_dynamic()) return declared;
  const Type* common = nullptr;
  for (const auto& element : elements) {
    const Type& type = to_value(element).type();
    if (common == nullptr) {
      common = &type;
    } else if (!(*common == type)) {
      return here.Fail("all elements must have the same type");
    }
  }
  return common == nullptr ? declared : *common;
}

// `type` is a list or a set.
inline Result<Value> AssembleSequence(const Type& type, std::vector<Value> elements, const Cursor& here) {
  TFCPP_ASSIGN_OR_RETURN(Type element,
                         ElementType(
                             type.element(), elements, [](const Value& value) -> const Value& { return value; }, here));
  return type.kind() == Type::Kind::kSet ? Value::Set(std::move(element), std::move(elements))
                                         : Value::List(std::move(element), std::move(elements));
}

// `type` is a map.
inline Result<Value> AssembleMap(const Type& type, Value::Members entries, const Cursor& here) {
  TFCPP_ASSIGN_OR_RETURN(
      Type element, ElementType(
                        type.element(), entries, [](const auto& entry) -> const Value& { return entry.second; }, here));
  return Value::Map(std::move(element), std::move(entries));
}

}  // namespace tfcpp
