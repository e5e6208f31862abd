#include "tfcpp/framework/import.h"

#include "tfcpp/base/strings.h"
#include "tfcpp/framework/guard.h"

namespace tfcpp {

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
