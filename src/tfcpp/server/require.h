// SPDX-License-Identifier: Apache-2.0
// What an RPC needs before its own work can begin: the type that is asked for, a configured provider, a service that is
// ready, no stop. Each says in a diagnostic what is missing, with what becomes of the call, its `consequence`: "The
// data source test_box was not read". Thread safety: as Call.
#pragma once

#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tfcpp/base/strings.h"
#include "tfcpp/framework/validate.h"
#include "tfcpp/server/answers.h"
#include "tfcpp/server/received.h"

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

// Whether ConfigureProvider has succeeded.
bool RequireConfigured(Call& call, std::string_view consequence);

// What becomes of a call's errors: a data source may stand in a `check` block, and then the client makes warnings of
// them, or drops them when a test expects the check to fail.
enum class Errors { kLast, kMayBeDropped };

// For calls that cannot do without the service: each of them fails when it is not ready, or the run was interrupted.
bool RequireReady(Call& call, const Service& service, std::string_view consequence, Errors errors = Errors::kLast);

// For plans and reads, which get along without the service: one of them fails for all of the run when something is
// missing or wrong, and one read warns when something is not known yet.
void ReportToPlan(Call& call, const Service& service, std::string_view consequence);
void ReportToRead(Call& call, const Service& service, std::string_view consequence);

// Where a type is bound.
template <class Object>
struct Binding {
  const Service& service;
  Object* object;  // null unless the service is ready
};

// The provider is configured, and has the type.
template <class Object>
Binding<Object> FindBinding(const Call& call, BoundTypes<Object> Service::*kind, const std::string& type) {
  for (const Service& service : call.run.services()) {
    const auto found = (service.*kind).find(type);
    if (found != (service.*kind).end()) return {service, found->second.get()};
  }
  throw std::logic_error(Concat(type, " is bound in no service"));  // CheckBindings() lets no such provider through
}

// All that a call needs that cannot do without the service; its object is not null.
template <class Object>
std::optional<Binding<Object>> RequireBinding(Call& call, BoundTypes<Object> Service::*kind, const std::string& type,
                                              std::string_view consequence, Errors errors = Errors::kLast) {
  if (!RequireConfigured(call, consequence)) return std::nullopt;
  const Binding<Object> binding = FindBinding(call, kind, type);
  return RequireReady(call, binding.service, consequence, errors) ? std::optional(binding) : std::nullopt;
}

// All that the validation of a configuration does, but for resources, which have write-only attributes; `type` may be
// null: it was not found.
template <class T, class Request>
Result<void> Validate(Call& call, const T* type, const Request& request) {
  if (type == nullptr) return {};
  TFCPP_ASSIGN_OR_RETURN(const Value config,
                         Received(request.config(), type->schema, "a configuration", Promise::kObject));
  call.diagnostics.Append(ValidateConfig(type->schema, type->config_validators, config, {}));
  return {};
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
