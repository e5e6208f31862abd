// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <stdexcept>

#include "tfcpp/base/strings.h"
#include "tfcpp/fields/field.h"

namespace tfcpp::fields {
namespace {

Value NullOf(const Row& row) { return Value::Null(row.type); }

Attribute ToldAttribute(const Row& row) {
  Attribute told{.name = row.attribute.name,
                 .type = row.attribute.type,
                 .mode = Mode::kComputed,
                 .sensitive = row.attribute.sensitive,
                 .description = row.told.empty() ? row.attribute.description : row.told};
  if (row.nested != nullptr) told.type = NestedObject{Nesting::kSingle, DataAttributesOf(row.nested())};
  return told;
}

}  // namespace

Row Complete(Row row) {
  if (row.nested != nullptr) row.attribute.type = NestedObject{Nesting::kSingle, AttributesOf(row.nested())};
  row.type = row.attribute.ImpliedType();
  row.told_type = ToldAttribute(row).ImpliedType();
  if (!row.nullable && row.attribute.mode == Mode::kOptional) {
    throw std::logic_error(Concat(row.attribute.name, " may be null, so its member must be std::optional"));
  }
  return row;
}

Row Never(Attribute attribute) { return Complete({.attribute = std::move(attribute)}); }

std::vector<Attribute> AttributesOf(const Fields& fields) {
  std::vector<Attribute> attributes;
  for (const Row& row : fields) attributes.push_back(row.attribute);
  return attributes;
}

std::vector<Attribute> DataAttributesOf(const Fields& fields) {
  std::vector<Attribute> attributes;
  for (const Row& row : fields) {
    if (row.returned()) attributes.push_back(ToldAttribute(row));
  }
  return attributes;
}

Value ValueOf(const Row& row, const void* object, View view) {
  if (row.nested != nullptr) {
    if (const void* nested = row.find(object)) return ToValue(row.nested(), nested, view);
    return Value::Null(view == View::kState ? row.type : row.told_type);
  }
  if (row.get == nullptr) return NullOf(row);
  Value value = row.get(object);
  return value.is_null() ? NullOf(row) : value;
}

Value ToValue(const Fields& fields, const void* object, View view) {
  Value::Members members;
  for (const Row& row : fields) {
    if (view == View::kState || row.returned()) members.emplace(row.attribute.name, ValueOf(row, object, view));
  }
  return Value::Object(std::move(members));
}

void FromValue(const Fields& fields, const Value& value, void* object) {
  for (const Row& row : fields) {
    const Value& member = value.Get(row.attribute.name);
    if (!member.is_set()) continue;
    if (row.nested != nullptr) {
      FromValue(row.nested(), member, row.make(object));
    } else if (row.set != nullptr) {
      row.set(member, object);
    }
  }
}

Value ReadableState(const Fields& fields, const void* object, const Misfit& misfit) {
  for (const std::string& name : misfit.unread) {
    const auto is_it = [&](const Row& row) { return row.attribute.name == name; };
    if (std::none_of(fields.begin(), fields.end(), is_it)) {
      throw std::logic_error(Concat(name, " could not be read, but is in no row of the table"));
    }
  }
  Value state = ToValue(fields, object, View::kState);
  for (const Row& row : fields) {
    const std::string& name = row.attribute.name;
    if (row.derived() || misfit.unread.contains(name)) state = state.With(name, Value::Unknown(row.type));
  }
  return state;
}

}  // namespace tfcpp::fields
