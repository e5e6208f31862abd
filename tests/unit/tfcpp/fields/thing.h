// A resource with a member of each type and a row of each kind.
#pragma once

#include "tfcpp/fields/field.h"
#include "tfcpp/testing/value_matchers.h"

namespace tfcpp::fields {

struct Target {
  std::string url = {};
  bool verify = false;
  std::optional<Secret> key = {};
  std::optional<Number> key_version = {};
  std::optional<std::string> note = {};
  friend bool operator==(const Target&, const Target&) = default;
};

// A type with a rule of its own: seconds, which the API has as a text with its unit.
struct Seconds {
  std::int64_t count = 0;
  friend bool operator==(const Seconds&, const Seconds&) = default;
};
template <>
struct Rule<Seconds> {
  static constexpr bool kNullable = false;
  static Type TerraformType() { return Type::Number(); }
  static Value ToValue(const Seconds& member) { return Value::Int(member.count); }
  static Seconds FromValue(const Value& value) { return {value.AsNumber().AsInt64().value()}; }
  static std::string Read(const Json& json, const Row&, Seconds& member) {
    if (!json.is_string() || json.string().empty() || json.string().back() != 's') return "is no time with its unit";
    member.count = std::stoll(json.string());
    return "";
  }
  static Json Write(const Seconds& member) { return Json::String(std::to_string(member.count) + "s"); }
};

struct Thing {
  std::string id = {};
  std::set<std::string> tags = {};
  std::vector<std::string> steps = {};
  std::optional<std::string> owner = {};
  std::string text = {};
  std::string state = {};
  std::int64_t size = 0;
  std::optional<bool> loud = {};
  std::optional<Target> target = {};
  Seconds wait = {};
  Timestamp made = {};
  friend bool operator==(const Thing&, const Thing&) = default;
};

inline bool IsOwned(const Thing& thing) { return thing.owner.has_value(); }

template <>
inline const Fields& FieldsOf<Target>() {
  static const Fields kFields = {
      Field<&Target::url>({.name = "url", .mode = Mode::kRequired}, {.name = "url"}),
      Field<&Target::verify>({.name = "verify", .mode = Mode::kOptionalComputed, .default_value = Value::Bool(true)},
                             {.name = "check"}),
      Field<&Target::key>({.name = "key"}, {.name = "authorization"}),
      Never({.name = "key_wo", .write_only = true}),
      Ours<&Target::key_version>({.name = "key_wo_version"}),
      Field<&Target::note>({.name = "note"}, {.name = "note"}),
  };
  return kFields;
}

template <>
inline const Fields& FieldsOf<Thing>() {
  static const Fields kFields = {
      Field<&Thing::id>({.name = "id", .mode = Mode::kComputed}, {.name = "thing_id", .sent = Sent::kNever}),
      Field<&Thing::tags>({.name = "tags", .mode = Mode::kRequired}, {.name = "tags", .elements = "names of tags"}),
      Field<&Thing::steps>(
          {.name = "steps", .mode = Mode::kOptionalComputed, .default_value = Value::List(Type::String(), {})},
          {.name = "steps", .elements = "steps"}),
      Field<&Thing::owner>({.name = "owner", .description = "Who has it."},
                           {.name = "owner_name", .sent = Sent::kOnCreate}, "Who has it; null: nobody."),
      Derived<IsOwned>({.name = "owned", .mode = Mode::kComputed}),
      Field<&Thing::text>(
          {.name = "text", .mode = Mode::kOptionalComputed, .default_value = Value::String(""), .description = "Text."},
          {.name = "text"}),
      Field<&Thing::state>({.name = "state", .mode = Mode::kOptionalComputed, .default_value = Value::String("ON")},
                           {.name = "state"}),
      Field<&Thing::size>({.name = "size", .mode = Mode::kRequired}, {.name = "size"}),
      Field<&Thing::loud>({.name = "loud"}, {.name = "loud"}),
      Field<&Thing::wait>({.name = "wait", .mode = Mode::kOptionalComputed, .default_value = Value::Int(1)},
                          {.name = "wait"}),
      Field<&Thing::target>({.name = "target"}, {.name = "target"}),
      Field<&Thing::made>({.name = "made_at", .mode = Mode::kComputed}, {.name = "made_ms", .sent = Sent::kNever}),
  };
  return kFields;
}

inline Thing Whole() {
  return {.id = "7",
          .tags = {"a", "b"},
          .steps = {"y", "x", "y"},
          .owner = "o",
          .text = "t",
          .state = "OFF",
          .size = 12,
          .loud = false,
          .target = Target{"https://x", false, Secret("s"), Number(3), "n"},
          .wait = {5},
          .made = {1'767'225'599'042}};
}

}  // namespace tfcpp::fields
