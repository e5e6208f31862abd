// SPDX-License-Identifier: Apache-2.0
// The RPCs of actions.
#include <utility>

#include "tfcpp/base/strings.h"
#include "tfcpp/framework/validate.h"
#include "tfcpp/server/answers.h"
#include "tfcpp/server/received.h"
#include "tfcpp/server/require.h"

namespace tfcpp {
namespace {

const ActionType* FindAction(Call& call, const std::string& name) {
  return RequireType(call, call.provider.actions, "action", name);
}

}  // namespace

Result<void> Answer(Call& call, const tfplugin6::ValidateActionConfig_Request& request,
                    tfplugin6::ValidateActionConfig_Response&) {
  return Validate(call, FindAction(call, request.type_name()), request);
}

// Nothing of an action is planned. That the configuration is sound is worth knowing before the run.
Result<void> Answer(Call& call, const tfplugin6::PlanAction_Request& request, tfplugin6::PlanAction_Response&) {
  const ActionType* type = FindAction(call, request.action_type());
  if (type == nullptr) return {};
  TFCPP_ASSIGN_OR_RETURN(Value config, Received(request.config(), type->schema, "a configuration", Promise::kObject));
  RequireValid(call, *type, std::move(config));
  return {};
}

Result<void> Answer(Call& call, const tfplugin6::InvokeAction_Request& request, const ReportProgress& report) {
  const ActionType* type = FindAction(call, request.action_type());
  if (type == nullptr) return {};
  const auto bound =
      RequireBinding(call, &Service::actions, type->name, Concat("The action ", type->name, " was not invoked"));
  if (!bound.has_value()) return {};
  TFCPP_ASSIGN_OR_RETURN(Value given, Received(request.config(), type->schema, "a configuration", Promise::kKnown));
  const auto config = RequireValid(call, *type, std::move(given));
  if (!config.has_value()) return {};
  call.diagnostics.Append(bound->object->Invoke(
      call.context, *config, [&](const std::string& line) { report(call.run.WithoutSecrets(line)); }));
  return {};
}

}  // namespace tfcpp
