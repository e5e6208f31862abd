// SPDX-License-Identifier: Apache-2.0
// Schema: what a provider, a resource or a data source accepts, as data: attributes with their types, modes, defaults,
// validators and plan modifiers. Functions inside are pure and carry a description.
//
//   Schema schema{.version = 0, .attributes = {
//     {.name = "events", .type = Type::Set(Type::String()), .mode = Mode::kRequired, .description = "..."},
//     {.name = "http_url_spec", .type = NestedObject{Nesting::kSingle, {...}}, .mode = Mode::kOptional},
//     {.name = "id", .type = Type::String(), .mode = Mode::kComputed, .plan_modifiers = {UseStateForUnknown()}}}};
//
// Facts about protocol 6: a nested attribute is one of the four nestings; only nested attributes and blocks allow
// sensitive, computed and write-only for single members. Thread safety: value types; reading is safe.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "tfcpp/value/diagnostics.h"
#include "tfcpp/value/path.h"
#include "tfcpp/value/type.h"
#include "tfcpp/value/value.h"

namespace tfcpp {

enum class Mode { kRequired, kOptional, kComputed, kOptionalComputed };
enum class Nesting { kSingle, kList, kSet, kMap };

// What a validator sees: one attribute's value, known and not null, and the whole configuration around it.
struct ValidateRequest {
  const Path& path;
  const Value& value;
  const Value& config;
};
struct Validator {
  std::string description;  // completes "The value ...": "must be an https URL"
  std::function<void(const ValidateRequest&, Diagnostics&)> check;
};

// What a plan modifier sees. `planned` is the value that the steps before have planned for the attribute.
struct PlanModifierRequest {
  const Path& path;
  const Value& config;  // the attribute's configured value
  const Value& prior;   // its value in the prior state; null on create
  const Value& planned;
  const Value& whole_config;
  const Value& whole_prior;  // null on create
};
struct PlanModifierResponse {
  Value planned;
  bool requires_replace = false;
};
struct PlanModifier {
  std::string description;  // completes "A change ...", or says what is kept
  std::function<void(const PlanModifierRequest&, PlanModifierResponse&)> modify;
  bool replaces = false;  // it may ask for a replacement; for the documentation
  // It does nothing but for what the provider decides: on an attribute that is never computed it is a mistake.
  bool for_computed = false;
};

// Tells whether a value that the service returned means the same as the one in state, so that the state's form stays.
struct Equivalence {
  std::string description;
  std::function<bool(const Value& state, const Value& remote)> same;  // both known and not null; empty: exact equality
};

struct Attribute;

struct NestedObject {
  Nesting nesting = Nesting::kSingle;
  std::vector<Attribute> attributes;
};
using AttributeType = std::variant<Type, NestedObject>;

struct Attribute {
  std::string name;
  AttributeType type = Type::String();
  Mode mode = Mode::kOptional;
  // Terraform hides the value wherever it would show it, at a price: each sensitive path of an object, null or not,
  // makes every write of the state slower. Of no use together with `write_only`.
  bool sensitive = false;
  // Terraform 1.11 keeps the value out of plan and state. Older clients take the attribute for an ordinary one, so a
  // value is refused there (tfcpp/framework/validate.h).
  bool write_only = false;
  // The service neither gets nor returns it (a version that says when a secret is sent anew): where an answer has null,
  // plan or prior state stands, as for a sensitive one.
  bool unreturned = false;
  // Of a value that Terraform does not hide, whether a part is for nobody's eyes all the same: the path of an address.
  // Given what is known and not null. Empty: never.
  std::function<bool(const Value&)> has_secret_part = nullptr;
  // Planned when the configuration is null; the mode is then kOptionalComputed.
  std::optional<Value> default_value = {};
  std::vector<Validator> validators = {};
  std::vector<PlanModifier> plan_modifiers = {};
  Equivalence equivalence = {};
  std::string description = {};  // Markdown; the documentation is generated from it
  std::string deprecation = {};  // what to use instead; empty: not deprecated

  bool required() const { return mode == Mode::kRequired; }
  bool optional() const { return mode == Mode::kOptional || mode == Mode::kOptionalComputed; }
  bool computed() const { return mode == Mode::kComputed || mode == Mode::kOptionalComputed; }
  bool read_only() const { return mode == Mode::kComputed; }
  // Its value is for nobody's eyes: no text may repeat it, and no path of a diagnostic may lead to its line.
  bool secret() const { return sensitive || write_only; }
  // A null in a service's answer says nothing of it.
  bool may_be_left_out() const { return sensitive || unreturned; }
  // Null when the type is a plain one.
  const NestedObject* nested() const { return std::get_if<NestedObject>(&type); }
  // The type of its values, nested objects included.
  Type ImpliedType() const;
};

// A block, the older form of nesting: `http_url_spec { ... }`. Its members are attributes and blocks.
struct Block {
  std::string name;
  Nesting nesting = Nesting::kList;
  std::vector<Attribute> attributes;
  std::vector<Block> blocks = {};
  std::int64_t min_items = 0;
  std::int64_t max_items = 0;  // 0: no limit
  std::string description = {};

  Type ImpliedType() const;
};

// What a schema is of: not everything has every feature.
enum class SchemaOf { kResource, kProvider, kDataSource, kEphemeral, kList, kAction, kIdentity };

struct Schema {
  std::int64_t version = 0;
  std::vector<Attribute> attributes;
  std::vector<Block> blocks = {};
  std::string description = {};
  std::string deprecation = {};

  // The object type of configuration, plan and state.
  Type ImpliedType() const;
  const Attribute* Find(std::string_view name) const;
  // The attribute at a path through nested objects and blocks; null when the path leads to no attribute.
  const Attribute* Find(const Path& path) const;

  // Mistakes in the schema itself, one clause each, which begins with the path: check.cc has all rules. Terraform
  // catches few of these. Empty: sound.
  std::vector<std::string> Check(SchemaOf of = SchemaOf::kResource) const;
};

// Whether an attribute, a block or a type may have the name: ^[a-z_][a-z0-9_]*$.
bool IsWellFormedName(std::string_view name);

// The value type of attributes and blocks side by side.
Type ObjectTypeOf(const std::vector<Attribute>& attributes, const std::vector<Block>& blocks);

}  // namespace tfcpp
