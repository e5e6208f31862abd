// SPDX-License-Identifier: Apache-2.0
// One row for an attribute. A resource is a plain struct and a table of its fields, and the rest follows from the
// table: the schema, the value of a state and of a data source, what requests send, and how answers are read.
//
//   struct Thing {
//     std::string name;
//     std::optional<std::string> owner;
//     std::optional<Target> target;  // a struct with a table of its own: a nested object
//   };
//   template <>
//   const Fields& FieldsOf<Thing>() {
//     static const Fields kFields = {
//         Field<&Thing::name>({.name = "name", .mode = Mode::kRequired}, {.name = "name"}),
//         Field<&Thing::owner>({.name = "owner"}, {.name = "owner_name"}),
//         Field<&Thing::target>({.name = "target"}, {.name = "target"})};
//     return kFields;
//   }
//
// The member gives Terraform's type (rules.h). One that is misspelt does not compile, nor does one of a type without a
// rule; a nested struct without a table does not link.
//
// Four kinds of row:
//   Field    of the API. A Secret is sent and never returned: its attribute is sensitive by itself.
//   Ours     not of the API: `unreturned`, so what stands in plan or prior state is kept (a version of a secret)
//   Derived  follows from other members, by a function
//   Never    without a member, always null: write-only values, names that are there to be refused
//
// Values are those of states and of plans at apply. A struct has no unknowns, so planning is on Value; here a value
// that is not known yet leaves its member as it was made. A nested object is single, and may be null.
//
// Thread safety: pure; tables are constants.
#pragma once

#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "tfcpp/fields/rules.h"
#include "tfcpp/json/json.h"
#include "tfcpp/schema/schema.h"
#include "tfcpp/value/value.h"

namespace tfcpp::fields {

// With a create: all but kNever. With an update: kWhenChanged if it is, kAlways with whatever else is sent.
enum class Sent { kNever, kOnCreate, kWhenChanged, kAlways };

// A field's place in the API. Its texts outlive the table: literals.
struct Wire {
  std::string_view name = {};  // of the JSON member
  Sent sent = Sent::kWhenChanged;
  std::string_view elements = {};  // of a collection, for errors: "names of events"
  bool always_there = false;       // in answers, also of what may be null or has a default; a text is not empty
};

using Fields = std::vector<Row>;

struct Row {
  Attribute attribute;  // its type is set by the member's
  Wire wire = {};
  std::string told = {};  // its description in data sources; empty: that of the attribute
  bool nullable = true;
  Type type = Type::String();       // of its values
  Type told_type = Type::String();  // of those in data sources
  // What is done with the member of an object, a struct of the table's own type. Null: it has none, or is not read.
  Value (*get)(const void* object) = nullptr;
  void (*set)(const Value& value, void* object) = nullptr;
  std::string (*read)(const Json& json, const Row& row, void* object) = nullptr;
  Json (*write)(const void* object) = nullptr;  // where the API's form is not that of the value
  // Of a nested object, in place of those: its table, its struct (null: the object is null), and the struct made anew.
  const Fields& (*nested)() = nullptr;
  const void* (*find)(const void* object) = nullptr;
  void* (*make)(void* object) = nullptr;

  // It follows from other members.
  bool derived() const { return get != nullptr && set == nullptr; }
  // The service tells it.
  bool returned() const { return read != nullptr || nested != nullptr || derived(); }
};

// Each resource's struct, and each struct nested in one, defines its own.
template <class Struct>
const Fields& FieldsOf();

// Completes a row. Throws std::logic_error for a member that cannot be null where the attribute can.
Row Complete(Row row);

template <auto kMember>
struct Access;
template <class Struct, HasRule T, T Struct::*kMember>
struct Access<kMember> {
  static Value Get(const void* object) { return Rule<T>::ToValue(static_cast<const Struct*>(object)->*kMember); }
  static void Set(const Value& value, void* object) {
    static_cast<Struct*>(object)->*kMember = Rule<T>::FromValue(value);
  }
  static std::string Read(const Json& json, const Row& row, void* object) {
    return Rule<T>::Read(json, row, static_cast<Struct*>(object)->*kMember);
  }
  static Json Write(const void* object) { return Rule<T>::Write(static_cast<const Struct*>(object)->*kMember); }
  static Row Bind(Attribute attribute) {
    attribute.type = Rule<T>::TerraformType();
    return {.attribute = std::move(attribute), .nullable = Rule<T>::kNullable, .get = Get, .set = Set};
  }
  static Row BindToApi(Attribute attribute) {
    constexpr bool kSecret = std::is_same_v<T, std::optional<Secret>>;
    Row row = Bind(std::move(attribute));
    if constexpr (!kSecret) row.read = Read;
    if constexpr (requires(const T& member) { Rule<T>::Write(member); }) row.write = Write;
    row.attribute.sensitive |= kSecret;
    return row;
  }
};
template <class Struct, class Nested, std::optional<Nested> Struct::*kMember>
requires(!HasRule<Nested>) struct Access<kMember> {
  static const void* Find(const void* object) {
    const auto& nested = static_cast<const Struct*>(object)->*kMember;
    return nested.has_value() ? &*nested : nullptr;
  }
  static void* Make(void* object) { return &(static_cast<Struct*>(object)->*kMember).emplace(); }
  static Row BindToApi(Attribute attribute) {
    return {.attribute = std::move(attribute), .nested = FieldsOf<Nested>, .find = Find, .make = Make};
  }
};

template <auto kMember>
Row Field(Attribute attribute, Wire wire, std::string told = {}) {
  Row row = Access<kMember>::BindToApi(std::move(attribute));
  row.wire = wire;
  row.told = std::move(told);
  return Complete(std::move(row));
}

template <auto kMember>
Row Ours(Attribute attribute) {
  Row row = Access<kMember>::Bind(std::move(attribute));
  row.attribute.unreturned = true;
  return Complete(std::move(row));
}

// `kFunction`: from a const reference to the struct to a type that has a rule.
template <auto kFunction>
struct Deriving;
template <class Struct, class T, T (*kFunction)(const Struct&)>
struct Deriving<kFunction> {
  static Value Get(const void* object) { return Rule<T>::ToValue(kFunction(*static_cast<const Struct*>(object))); }
  static Row Bind(Attribute attribute) {
    attribute.type = Rule<T>::TerraformType();
    return {.attribute = std::move(attribute), .get = Get};
  }
};
template <auto kFunction>
Row Derived(Attribute attribute, std::string told = {}) {
  Row row = Deriving<kFunction>::Bind(std::move(attribute));
  row.told = std::move(told);
  return Complete(std::move(row));
}

Row Never(Attribute attribute);

// The attribute of a member, for code that looks at values: `config.Get(NameOf<&Thing::owner>())`. A member that is
// misspelt does not compile. Throws std::logic_error for one that has no row.
template <auto kMember>
const std::string& NameOf();

// What follows from a table, for any struct; the typed forms are below.

// Of the resource, as they stand in the table.
std::vector<Attribute> AttributesOf(const Fields& fields);
// Of a data source: what the service tells, all computed.
std::vector<Attribute> DataAttributesOf(const Fields& fields);

// Of the whole object, or of what a data source tells.
enum class View { kState, kData };
Value ValueOf(const Row& row, const void* object, View view);
Value ToValue(const Fields& fields, const void* object, View view);
void FromValue(const Fields& fields, const Value& value, void* object);
// What a create sends, with secrets filled in: all that is neither null nor an empty text.
Json::Members ToCreate(const Fields& fields, const void* planned);
// The two sides of an update as values, by which it is told what has changed: in a struct a null may look as a default
// does, and a prior state that was imported, moved or edited by hand has nulls everywhere.
struct Change {
  const Value& prior;
  const Value& planned;
};
// What an update sends, both structs with secrets filled in: each changed member, a nested object whole with its
// secrets, because services replace the old one or merge into it, as they like; a text that was set and is null now as
// "", which clears it for both.
Json::Members ToUpdate(const Fields& fields, const void* prior, const void* planned, const Change& change);

// What of an answer is not of the documented form.
struct Misfit {
  std::string what = {};              // clauses: "events is no array; target.url is missing"
  std::set<std::string> unread = {};  // attributes that could not be read, of the top level

  friend bool operator==(const Misfit&, const Misfit&) = default;
};
// Reads a JSON object strictly into a struct that was made anew. An absent member, or null, stands for the attribute's
// default or for null; without either it is a misfit. Unknown members are left alone: services grow.
Misfit Read(const Fields& fields, const Json& json, void* object);
// Adds "<name> <what>" about an attribute.
void Refuse(Misfit& misfit, const std::string& attribute, std::string_view name, std::string_view what);
// The misfit of what says nothing that is of any use.
Misfit NothingRead(const Fields& fields, std::string what);
// The state as far as it could be read: the rest is unknown, and so is what follows from other members.
Value ReadableState(const Fields& fields, const void* object, const Misfit& misfit);
// Of the JSON members that are read, at every level. Views of the table's texts.
std::vector<std::string_view> ReadMembers(const Fields& fields);

template <class Struct, class T>
Struct StructOf(T Struct::*);  // never defined: for its type

template <auto kMember>
const std::string& NameOf() {
  for (const Row& row : FieldsOf<decltype(StructOf(kMember))>()) {
    if constexpr (requires { Access<kMember>::Get; }) {
      if (row.get == Access<kMember>::Get) return row.attribute.name;
    } else {
      if (row.find == Access<kMember>::Find) return row.attribute.name;
    }
  }
  throw std::logic_error("NameOf: the member has no row in its table");
}

template <class Struct>
Value ToState(const Struct& object) {
  return ToValue(FieldsOf<Struct>(), &object, View::kState);
}
template <class Struct>
Value ToData(const Struct& object) {
  return ToValue(FieldsOf<Struct>(), &object, View::kData);
}
template <class Struct>
Struct FromValue(const Value& value) {
  Struct object{};
  FromValue(FieldsOf<Struct>(), value, &object);
  return object;
}
template <class Struct>
Json::Members ToCreate(const Struct& planned) {
  return ToCreate(FieldsOf<Struct>(), &planned);
}
template <class Struct>
Json::Members ToUpdate(const Struct& prior, const Struct& planned, const Change& change) {
  return ToUpdate(FieldsOf<Struct>(), &prior, &planned, change);
}
template <class Struct>
Misfit Read(const Json& json, Struct& object) {
  return Read(FieldsOf<Struct>(), json, &object);
}
template <class Struct>
Value ReadableState(const Struct& object, const Misfit& misfit) {
  return ReadableState(FieldsOf<Struct>(), &object, misfit);
}

}  // namespace tfcpp::fields
