// SPDX-License-Identifier: Apache-2.0
#include "tfcpp/framework/import.h"

#include <stdexcept>
#include <utility>

#include "tfcpp/base/strings.h"
#include "tfcpp/framework/guard.h"

namespace tfcpp {

std::function<Outcome(const ImportRequest&)> ImportById(const Schema& schema, std::string attribute) {
  const Attribute* found = schema.Find(attribute);
  if (found == nullptr || found->ImpliedType() != Type::String()) {
    throw std::logic_error(Concat("ImportById: ", attribute, " is no string attribute of the schema"));
  }
  return [type = schema.ImpliedType(), attribute = std::move(attribute)](const ImportRequest& request) -> Outcome {
    Value::Members members;
    for (const auto& [name, of] : type.attributes()) members.emplace(name, Value::Null(of));
    members.insert_or_assign(
        attribute, request.identity.has_value() ? request.identity->Get(attribute) : Value::String(request.id));
    return {.state = Value::Object(std::move(members))};
  };
}

Outcome ImportResource(const ResourceType& type, const ImportRequest& request) {
  if (!type.import_state) {
    Outcome outcome;
    outcome.diagnostics.AddError("Import is not offered",
                                 Concat("Objects of type ", type.name, " cannot be imported."));
    return outcome;
  }
  Outcome outcome = GuardedCall("import", type, [&] { return type.import_state(request); });
  UseAnswer("import", type, outcome);
  if (outcome.identity.has_value()) {
    outcome.identity = SettleIdentity("import", type, outcome.identity, request.identity, outcome.diagnostics);
  }
  return outcome;
}

}  // namespace tfcpp
