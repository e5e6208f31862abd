// SPDX-License-Identifier: Apache-2.0
#include "tfcpp/framework/shown_lines.h"

#include <set>
#include <string>
#include <variant>

#include "tfcpp/framework/schema_walk.h"

namespace tfcpp {
namespace {

// A path begins at an attribute or a block.
const std::string& BeginOf(const Path& path) { return std::get<AttributeStep>(path.steps().front()).name; }

// A function that fails hides: what it was to judge may be a secret, and the diagnostics are still to be told.
bool IsForNobody(const Attribute& attribute, const Value& value) {
  if (attribute.secret()) return true;
  try {
    return attribute.has_secret_part && attribute.has_secret_part(value);
  } catch (...) {
    return true;
  }
}

}  // namespace

Diagnostics WithoutSecretLines(const Schema& schema, const Value& config, const Diagnostics& diagnostics) {
  if (diagnostics.empty()) return diagnostics;
  std::set<std::string> with_secrets;
  VisitBySchema(schema, config, [&](const AttributeVisit& visit) {
    if (visit.value.is_set() && IsForNobody(visit.attribute, visit.value)) with_secrets.insert(BeginOf(visit.path));
  });
  Diagnostics shown;
  for (Diagnostic item : diagnostics.items()) {
    if (!item.path.empty() && with_secrets.contains(BeginOf(item.path))) item.path = {};
    shown.Add(std::move(item));
  }
  return shown;
}

}  // namespace tfcpp
