// SPDX-License-Identifier: Apache-2.0
// What a member of a resource's struct is to Terraform and to the API, by its C++ type:
//
//   type                       Terraform       JSON of an answer
//   std::string                string          text; "" only where that is the attribute's default
//   bool                       bool            true, false
//   std::int64_t               number          a whole number, or a text of its digits (protobuf's JSON form)
//   std::set<std::string>      set of string   array of texts that are not empty; of a required attribute at least one
//   std::vector<std::string>   list of string  likewise
//   Timestamp                  string          see below
//   Secret                     string          never returned, so it has no rule for reading
//   Number                     number          for attributes that the API does not know
//   std::optional<T>           T, may be null  as T; null and an absent member are null, for texts "" as well
//
// A struct that has a table of fields is a nested object, as std::optional<Struct> (field.h). Any other type gets a
// rule by a specialisation of Rule. Pure; thread-safe.
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "tfcpp/base/secret.h"
#include "tfcpp/json/json.h"
#include "tfcpp/value/value.h"

namespace tfcpp::fields {

struct Row;  // field.h

// A time of the service's clock: ms since the epoch as a number or a text of its digits; to Terraform RFC 3339 in UTC.
// 0 and absent mean that the service does not say (0 is protobuf's default). Before 2010 it is in seconds, or no time
// of anything that exists; that, and a time after the year 9999, cannot be read.
struct Timestamp {
  std::optional<std::int64_t> ms = {};
  friend bool operator==(const Timestamp&, const Timestamp&) = default;
};

// Whether an answer must have it (Wire::always_there).
bool IsAlwaysThere(const Row& row);

// RFC 3339, UTC, milliseconds: 2026-01-31T23:59:59.000Z. It has years of four digits: a time outside of them becomes
// the nearest that it can say. The way back is for what FormatTimestamp gives; of any other text no time is known.
std::string FormatTimestamp(std::int64_t ms_since_epoch);
Timestamp ParseTimestamp(const std::string& text);

// kNullable: whether the member can be null; ToValue then gives Value() for that.
// FromValue: of a value that is known and not null.
// Read:      from JSON that is not null; returns what is wrong with it ("is no text"), or nothing and sets the member.
// Write:     optional, Json Write(const T&): the API's form of a member that is not null, where that is not the value's.
template <class T>
struct Rule;

template <>
struct Rule<std::string> {
  static constexpr bool kNullable = false;
  static Type TerraformType() { return Type::String(); }
  static Value ToValue(const std::string& member) { return Value::String(member); }
  static std::string FromValue(const Value& value) { return value.AsString(); }
  static std::string Read(const Json& json, const Row& row, std::string& member);
};

template <>
struct Rule<bool> {
  static constexpr bool kNullable = false;
  static Type TerraformType() { return Type::Bool(); }
  static Value ToValue(bool member) { return Value::Bool(member); }
  static bool FromValue(const Value& value) { return value.AsBool(); }
  static std::string Read(const Json& json, const Row& row, bool& member);
};

template <>
struct Rule<std::int64_t> {
  static constexpr bool kNullable = false;
  static Type TerraformType() { return Type::Number(); }
  static Value ToValue(std::int64_t member) { return Value::Int(member); }
  // Any other number is for a validator to refuse.
  static std::int64_t FromValue(const Value& value) { return value.AsNumber().AsInt64().value(); }
  static std::string Read(const Json& json, const Row& row, std::int64_t& member);
};

// Of a set and of a list of texts.
template <class Texts>
struct TextsRule {
  static constexpr bool kNullable = false;
  static constexpr bool kIsSet = std::same_as<Texts, std::set<std::string>>;
  static Type TerraformType() { return kIsSet ? Type::Set(Type::String()) : Type::List(Type::String()); }
  static Value ToValue(const Texts& member);
  // A state that was edited by hand may hold null among the texts.
  static Texts FromValue(const Value& value);
  static std::string Read(const Json& json, const Row& row, Texts& member);
};
template <>
struct Rule<std::set<std::string>> : TextsRule<std::set<std::string>> {};
template <>
struct Rule<std::vector<std::string>> : TextsRule<std::vector<std::string>> {};

template <>
struct Rule<Timestamp> {
  static constexpr bool kNullable = true;
  static Type TerraformType() { return Type::String(); }
  static Value ToValue(const Timestamp& member);
  static Timestamp FromValue(const Value& value) { return ParseTimestamp(value.AsString()); }
  static std::string Read(const Json& json, const Row& row, Timestamp& member);
};

template <>
struct Rule<Secret> {
  static constexpr bool kNullable = false;
  static Type TerraformType() { return Type::String(); }
  static Value ToValue(const Secret& member) { return Value::String(member.Reveal()); }
  static Secret FromValue(const Value& value) { return Secret(value.AsString()); }
};

template <>
struct Rule<Number> {
  static constexpr bool kNullable = false;
  static Type TerraformType() { return Type::Number(); }
  static Value ToValue(const Number& member) { return Value::Num(member); }
  static Number FromValue(const Value& value) { return value.AsNumber(); }
};

template <class T>
concept HasRule = requires {
  sizeof(Rule<T>);
};

template <HasRule T>
struct Rule<std::optional<T>> {
  static constexpr bool kNullable = true;
  static Type TerraformType() { return Rule<T>::TerraformType(); }
  static Value ToValue(const std::optional<T>& member) {
    return member.has_value() ? Rule<T>::ToValue(*member) : Value();
  }
  static std::optional<T> FromValue(const Value& value) { return Rule<T>::FromValue(value); }
  static std::string Read(const Json& json, const Row& row, std::optional<T>& member) {
    if constexpr (std::same_as<T, std::string>) {
      if (json.is_string() && json.string().empty() && !IsAlwaysThere(row)) return "";
    }
    T read{};
    std::string wrong = Rule<T>::Read(json, row, read);
    if (wrong.empty()) member = std::move(read);
    return wrong;
  }
};

}  // namespace tfcpp::fields
