// What an RPC needs before its own work can begin: the type that is asked for, a configured provider, no stop. Each
// says in a diagnostic what is missing. Thread safety: as Call.
#pragma once

#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/strings.h"
#include "framework/validate.h"
#include "server/answers.h"

namespace tfcpp {

// `kind` is "resource", "data source", ... Null and an error when there is no such type.
template <class T>
const T* RequireType(Call& call, const std::vector<T>& types, std::string_view kind, const std::string& name) {
  const T* type = FindByName(types, name);
  if (type == nullptr) {
    call.diagnostics.AddError(Concat("Unknown ", kind, " type"), Concat("The provider \"", call.provider.type_name,
                                                                        "\" has no ", kind, " \"", name, "\"."));
  }
  return type;
}

// For calls that cannot do without the service. Null and an error when the provider is not configured, its
// configuration is not complete or not known yet, or the run was interrupted. `consequence`: "The data source was not
// read".
const Session* RequireSession(Call& call, std::string_view consequence);

// What the session bound to a type's name.
template <class Bound>
Bound& RequireBound(const BoundTypes<Bound>& bound, const std::string& name) {
  const auto found = bound.find(name);
  if (found == bound.end()) throw std::logic_error(Concat("the session has nothing for ", name));
  return *found->second;
}

// The configuration of a call that acts by it. Validated anew, because values that were not known when Terraform asked
// for validation may be wrong or null now. Nullopt and errors: it is not to be acted by.
template <class T>
std::optional<Value> RequireValid(Call& call, const T& type, Value config) {
  const Diagnostics found = ValidateConfig(type.schema, type.config_validators, config, {});
  call.diagnostics.Append(found);
  return found.has_error() ? std::nullopt : std::optional(std::move(config));
}

}  // namespace tfcpp
