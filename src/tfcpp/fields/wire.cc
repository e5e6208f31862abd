// SPDX-License-Identifier: Apache-2.0
// Requests and answers.
#include <utility>

#include "tfcpp/base/strings.h"
#include "tfcpp/fields/field.h"

namespace tfcpp::fields {
namespace {

// Of a value that is not null. Numbers as numbers: services read them so, whatever form they answer with.
Json ToJson(const Value& value) {
  switch (value.type().kind()) {
    case Type::Kind::kBool:
      return Json::Bool(value.AsBool());
    case Type::Kind::kNumber:
      return Json::NumberText(value.AsNumber().ToString());
    case Type::Kind::kList:
    case Type::Kind::kSet: {
      std::vector<Json> elements;
      for (const Value& element : value.Elements()) elements.push_back(ToJson(element));
      return Json::Array(std::move(elements));
    }
    default:
      return Json::String(value.AsString());
  }
}

bool IsEmptyText(const Value& value) { return value.type() == Type::String() && value.AsString().empty(); }

// What clears a member that the service keeps until told otherwise.
Json Cleared(const Row& row) { return row.type == Type::String() ? Json::String("") : Json::Null(); }

// The value to send for a member; nullopt: none.
std::optional<Json> ToSend(const Row& row, const void* prior, const void* planned) {
  const Value after = row.get(planned);
  const bool was_set = prior != nullptr && !row.get(prior).is_null();
  if (after.is_null()) return was_set ? std::optional(Cleared(row)) : std::nullopt;
  if (prior == nullptr && IsEmptyText(after)) return std::nullopt;
  return row.write != nullptr ? row.write(planned) : ToJson(after);
}

// `change`: null: all is sent.
Json::Members Write(const Fields& fields, const void* prior, const void* planned, const Change* change) {
  Json::Members members;
  bool any_changed = change == nullptr;
  for (const Row& row : fields) {
    if (row.wire.name.empty() || row.wire.sent == Sent::kNever) continue;
    if (prior != nullptr && row.wire.sent == Sent::kOnCreate) continue;
    const std::string& name = row.attribute.name;
    const bool changed = change == nullptr || change->prior.Get(name) != change->planned.Get(name);
    any_changed = any_changed || changed;
    if (!changed && row.wire.sent != Sent::kAlways) continue;
    if (row.nested == nullptr) {
      if (auto json = ToSend(row, prior, planned)) members.emplace_back(row.wire.name, *std::move(json));
    } else if (const void* nested = row.find(planned)) {
      const void* before = prior == nullptr ? nullptr : row.find(prior);
      members.emplace_back(row.wire.name, Json::Object(Write(row.nested(), before, nested, nullptr)));
    }
  }
  if (!any_changed) members.clear();
  return members;
}

class Reader {
 public:
  Misfit Take() { return std::move(misfit_); }

  // `attribute`: of the top level; empty: that of each row. `path`: before the names of members, "target."
  void ReadAll(const Fields& fields, const Json& json, const std::string& attribute, const std::string& path,
               void* object) {
    for (const Row& row : fields) {
      if (row.wire.name.empty()) continue;
      const std::string& top = attribute.empty() ? row.attribute.name : attribute;
      if (row.nested != nullptr) {
        ReadNested(row, json, top, Concat(path, row.wire.name), object);
      } else if (row.read != nullptr) {
        const std::string wrong = ReadOne(row, json, object);
        if (!wrong.empty()) Refuse(misfit_, top, Concat(path, row.wire.name), wrong);
      }
    }
  }

 private:
  // Null where it is absent or null.
  static const Json* Present(const Json& object, std::string_view name) {
    const Json* member = object.Find(name);
    return member == nullptr || member->is_null() ? nullptr : member;
  }

  static std::string ReadOne(const Row& row, const Json& json, void* object) {
    const Json* member = Present(json, row.wire.name);
    if (member != nullptr) return row.read(*member, row, object);
    if (row.wire.always_there) return "is missing";
    if (const auto& value = row.attribute.default_value) {
      row.set(*value, object);
      return "";
    }
    return row.nullable ? "" : "is missing";
  }

  void ReadNested(const Row& row, const Json& json, const std::string& top, const std::string& path, void* object) {
    const Json* member = Present(json, row.wire.name);
    if (member == nullptr) return;
    if (!member->is_object()) return Refuse(misfit_, top, path, "is no object");
    ReadAll(row.nested(), *member, top, path + ".", row.make(object));
  }

  Misfit misfit_;
};

}  // namespace

Json::Members ToCreate(const Fields& fields, const void* planned) { return Write(fields, nullptr, planned, nullptr); }

Json::Members ToUpdate(const Fields& fields, const void* prior, const void* planned, const Change& change) {
  return Write(fields, prior, planned, &change);
}

Misfit Read(const Fields& fields, const Json& json, void* object) {
  if (!json.is_object()) return NothingRead(fields, "it is no JSON object");
  Reader reader;
  reader.ReadAll(fields, json, "", "", object);
  return reader.Take();
}

void Refuse(Misfit& misfit, const std::string& attribute, std::string_view name, std::string_view what) {
  misfit.unread.insert(attribute);
  misfit.what += Concat(misfit.what.empty() ? "" : "; ", name, " ", what);
}

Misfit NothingRead(const Fields& fields, std::string what) {
  Misfit misfit{.what = std::move(what)};
  for (const Row& row : fields) {
    if (!row.wire.name.empty()) misfit.unread.insert(row.attribute.name);
  }
  return misfit;
}

std::vector<std::string_view> ReadMembers(const Fields& fields) {
  std::vector<std::string_view> names;
  for (const Row& row : fields) {
    if (row.wire.name.empty() || !row.returned()) continue;
    names.push_back(row.wire.name);
    if (row.nested == nullptr) continue;
    const auto nested = ReadMembers(row.nested());
    names.insert(names.end(), nested.begin(), nested.end());
  }
  return names;
}

}  // namespace tfcpp::fields
