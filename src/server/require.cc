#include "server/require.h"

namespace tfcpp {

const Session* RequireSession(Call& call, std::string_view consequence) {
  if (!call.run.is_configured()) {
    call.diagnostics.AddError("The provider is not configured",
                              Concat(consequence, ", because ConfigureProvider has not succeeded."));
    return nullptr;
  }
  const Session* session = call.run.session();
  if (session == nullptr) {
    call.diagnostics.Append(call.run.unavailable());
    if (call.diagnostics.has_error()) return nullptr;
    call.diagnostics.AddError(
        "The provider is not configured",
        Concat(consequence, ", because the configuration of provider \"", call.provider.type_name,
               "\" depends on values that will be known only after apply. Apply first what they come from, with "
               "`-target`, or give the provider values that are known."));
    return nullptr;
  }
  if (call.context.stop.stop_requested()) {
    call.diagnostics.AddError("Cancelled", Concat(consequence, ", because the run was interrupted."));
    return nullptr;
  }
  return session;
}

Result<Value> RequireObject(Result<Value> decoded) {
  if (!decoded.has_value() || decoded->is_set()) return decoded;
  return Error{.code = ErrorCode::kMalformed,
               .message = decoded->is_null() ? "an object is missing" : "an object is not known as a whole"};
}

}  // namespace tfcpp
