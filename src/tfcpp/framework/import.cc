#include "tfcpp/framework/import.h"

#include <utility>

#include "tfcpp/base/strings.h"
#include "tfcpp/framework/guard.h"

namespace tfcpp {

std::function<Outcome(const ImportRequest&)> ImportById(const Schema& schema, std::string attribute) {
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
  if (!outcome.state.has_value() && !outcome.diagnostics.has_error()) {
    outcome.diagnostics.AddError("The provider has a bug",
                                 Concat("The import of a ", type.name, " ended without a state and without an error."));
  }
  return outcome;
}

}  // namespace tfcpp
