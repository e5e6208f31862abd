// SPDX-License-Identifier: Apache-2.0
#include "tfcpp/docs/type_text.h"

#include <vector>

#include "tfcpp/base/strings.h"

namespace tfcpp::docs {
namespace {

bool NeedsNotation(const Type& type) {
  if (type.is_collection()) return NeedsNotation(type.element());
  return type.kind() == Type::Kind::kObject || type.kind() == Type::Kind::kTuple;
}

std::string Notation(const Type& type) {
  if (type.kind() == Type::Kind::kDynamic) return "any";
  if (type.is_primitive()) return type.FriendlyName();
  std::vector<std::string> parts;
  if (type.kind() == Type::Kind::kObject) {
    for (const auto& [name, member] : type.attributes()) parts.push_back(Concat(name, " = ", Notation(member)));
    return parts.empty() ? "object({})" : Concat("object({ ", Join(parts, ", "), " })");
  }
  if (type.kind() == Type::Kind::kTuple) {
    for (const Type& element : type.tuple_elements()) parts.push_back(Notation(element));
    return Concat("tuple([", Join(parts, ", "), "])");
  }
  const std::string name = type.FriendlyName();
  return Concat(name.substr(0, name.find(' ')), "(", Notation(type.element()), ")");
}

}  // namespace

std::string TypeText(const Type& type) { return NeedsNotation(type) ? Notation(type) : type.FriendlyName(); }

std::string MarkedTypeText(const Type& type) {
  return NeedsNotation(type) ? Concat("`", Notation(type), "`") : type.FriendlyName();
}

}  // namespace tfcpp::docs
