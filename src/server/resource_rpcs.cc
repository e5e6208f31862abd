// The RPCs of managed resources. Private data in an answer replaces what Terraform keeps, so every answer sends it.
#include <optional>
#include <string>
#include <utility>

#include "base/strings.h"
#include "codec/proto_diagnostics.h"
#include "codec/proto_value.h"
#include "codec/state_json.h"
#include "framework/apply.h"
#include "framework/plan.h"
#include "framework/read.h"
#include "framework/upgrade.h"
#include "framework/validate.h"
#include "server/answers.h"
#include "server/identity.h"
#include "server/require.h"

namespace tfcpp {
namespace {

const ResourceType* FindType(Call& call, const std::string& name) {
  return RequireType(call, call.provider.resources, "resource", name);
}

bool RequireConfigured(Call& call) {
  if (call.run.is_configured()) return true;
  call.diagnostics.AddError("The provider is not configured",
                            "Terraform asked for a plan, a read or an apply before ConfigureProvider succeeded.");
  return false;
}

std::string NotKnownYet(const Call& call) {
  return Concat("because the configuration of provider \"", call.provider.type_name,
                "\" is not known yet: it depends on values that will be known only after apply");
}

// Plans and reads get along without a session: what is missing is reported once for the whole run, and fails it.
void ReportUnavailable(Call& call) {
  if (call.run.session() == nullptr && call.run.unavailable().has_error() && call.run.ClaimReport()) {
    call.diagnostics.Append(call.run.unavailable());
  }
}

void WarnNotRead(Call& call) {
  if (call.run.unavailable().has_error() || !call.run.ClaimReport()) return;
  call.diagnostics.AddWarning("Drift was not looked for",
                              Concat("The resources were not read, ", NotKnownYet(call),
                                     ". The plan assumes that they are as Terraform last saw them."));
  call.diagnostics.Append(call.run.unavailable());
}

Resource& Bound(const Call& call, const ResourceType& type) {
  return RequireBound(call.run.session()->resources, type.name);
}

// What goes has a prior object, what comes a new one, and a configuration with it.
Result<void> CheckChange(const Value& config, const Value& prior, const Value& planned) {
  const bool known = config.is_known() && prior.is_known() && planned.is_known();
  if (known && config.is_null() == planned.is_null() && !(prior.is_null() && planned.is_null())) return {};
  return Error{.code = ErrorCode::kMalformed,
               .message = known ? "an object is missing" : "an object is not known as a whole"};
}

bool RefuseAfterStop(Call& call) {
  if (!call.context.stop.stop_requested()) return false;
  call.diagnostics.AddError("Cancelled", "The run was interrupted. This call had not begun, so it changed nothing.");
  return true;
}

}  // namespace

Result<void> Answer(Call& call, const tfplugin6::ValidateResourceConfig_Request& request,
                    tfplugin6::ValidateResourceConfig_Response&) {
  const ResourceType* type = FindType(call, request.type_name());
  if (type == nullptr) return {};
  TFCPP_ASSIGN_OR_RETURN(const Value config, RequireObject(FromProto(request.config(), type->schema.ImpliedType())));
  const bool write_only_allowed = request.client_capabilities().write_only_attributes_allowed();
  call.diagnostics.Append(
      ValidateConfig(type->schema, type->config_validators, config, {.write_only_allowed = write_only_allowed}));
  return {};
}

Result<void> Answer(Call& call, const tfplugin6::UpgradeResourceState_Request& request,
                    tfplugin6::UpgradeResourceState_Response& response) {
  const ResourceType* type = FindType(call, request.type_name());
  if (type == nullptr) return {};
  if (request.raw_state().json().empty()) {
    call.diagnostics.AddError("The stored state cannot be read",
                              request.raw_state().flatmap().empty()
                                  ? Concat("The stored state of this ", type->name, " is empty.")
                                  : Concat("The stored state of this ", type->name,
                                           " has the form of Terraform 0.11, older than this resource. Remove the "
                                           "instance from the state and import it again."));
    return {};
  }
  UpgradeOutput output = UpgradeState(*type, request.version(), request.raw_state().json(), DecodeStateJson);
  call.diagnostics.Append(output.diagnostics);
  if (output.diagnostics.has_error()) return {};
  // Terraform takes an absent state for "the object is gone" and would create it again.
  if (!output.state.is_set()) {
    call.diagnostics.AddError("The stored state cannot be read",
                              Concat("The stored state of this ", type->name, " is null."));
    return {};
  }
  *response.mutable_upgraded_state() = ToProto(output.state, type->schema.ImpliedType());
  return {};
}

Result<void> Answer(Call& call, const tfplugin6::ReadResource_Request& request,
                    tfplugin6::ReadResource_Response& response) {
  // Whatever goes wrong, the state stays as it is.
  *response.mutable_new_state() = request.current_state();
  response.set_private_(request.private_());
  const ResourceType* type = FindType(call, request.type_name());
  if (type == nullptr || !RequireConfigured(call)) return {};
  const Type implied = type->schema.ImpliedType();
  TFCPP_ASSIGN_OR_RETURN(const Value state, RequireObject(FromProto(request.current_state(), implied)));
  *response.mutable_new_state() = ToProto(state, implied);
  TFCPP_ASSIGN_OR_RETURN(const std::optional<Value> identity, IdentityFromProto(*type, request.current_identity()));
  if (identity.has_value()) *response.mutable_new_identity() = request.current_identity();

  if (call.run.session() == nullptr) {
    ReportUnavailable(call);
    WarnNotRead(call);
    return {};
  }
  if (RefuseAfterStop(call)) return {};
  ApplyOutput output = ReadResource(call.context, *type, Bound(call, *type),
                                    {.state = state, .private_data = request.private_(), .identity = identity});
  *response.mutable_new_state() = ToProto(output.state, implied);
  if (output.identity.has_value()) *response.mutable_new_identity() = ToProto(*type, *output.identity);
  response.set_private_(std::move(output.private_data));
  call.diagnostics.Append(output.diagnostics);
  return {};
}

Result<void> Answer(Call& call, const tfplugin6::PlanResourceChange_Request& request,
                    tfplugin6::PlanResourceChange_Response& response) {
  response.set_planned_private(request.prior_private());
  // An identity never changes by a change of the object; a new object's is known after apply.
  if (request.has_prior_identity()) *response.mutable_planned_identity() = request.prior_identity();
  const ResourceType* type = FindType(call, request.type_name());
  if (type == nullptr || !RequireConfigured(call)) return {};
  const Type implied = type->schema.ImpliedType();
  TFCPP_ASSIGN_OR_RETURN(Value config, FromProto(request.config(), implied));
  TFCPP_ASSIGN_OR_RETURN(Value prior, FromProto(request.prior_state(), implied));
  TFCPP_ASSIGN_OR_RETURN(Value proposed, FromProto(request.proposed_new_state(), implied));
  TFCPP_RETURN_IF_ERROR(CheckChange(config, prior, proposed));

  ReportUnavailable(call);
  Plan plan =
      PlanResource(*type, {.config = std::move(config),
                           .prior = std::move(prior),
                           .proposed = std::move(proposed),
                           .private_data = request.prior_private(),
                           .facts = call.run.facts(),
                           .write_only_allowed = request.client_capabilities().write_only_attributes_allowed()});
  *response.mutable_planned_state() = ToProto(plan.planned, implied);
  for (const Path& path : plan.requires_replace) *response.add_requires_replace() = ToProto(path);
  response.set_planned_private(std::move(plan.private_data));
  call.diagnostics.Append(plan.diagnostics);
  return {};
}

Result<void> Answer(Call& call, const tfplugin6::ApplyResourceChange_Request& request,
                    tfplugin6::ApplyResourceChange_Response& response) {
  // An error before anything was sent: what was there before is still there.
  *response.mutable_new_state() = request.prior_state();
  response.set_private_(request.planned_private());
  const ResourceType* type = FindType(call, request.type_name());
  if (type == nullptr || !RequireConfigured(call)) return {};
  const Type implied = type->schema.ImpliedType();
  TFCPP_ASSIGN_OR_RETURN(Value config, FromProto(request.config(), implied));
  TFCPP_ASSIGN_OR_RETURN(Value prior, FromProto(request.prior_state(), implied));
  TFCPP_ASSIGN_OR_RETURN(Value planned, FromProto(request.planned_state(), implied));
  TFCPP_RETURN_IF_ERROR(CheckChange(config, prior, planned));
  *response.mutable_new_state() = ToProto(prior, implied);
  TFCPP_ASSIGN_OR_RETURN(std::optional<Value> identity, IdentityFromProto(*type, request.planned_identity()));
  if (identity.has_value()) *response.mutable_new_identity() = request.planned_identity();

  if (call.run.session() == nullptr) {
    call.diagnostics.Append(call.run.unavailable());
    if (!call.diagnostics.has_error()) {
      call.diagnostics.AddError("The provider is not configured",
                                Concat("Nothing was changed, ", NotKnownYet(call), "."));
    }
    return {};
  }
  if (RefuseAfterStop(call)) return {};
  ApplyOutput output = ApplyResource(call.context, *type, Bound(call, *type),
                                     {.config = std::move(config),
                                      .prior = std::move(prior),
                                      .planned = std::move(planned),
                                      .private_data = request.planned_private(),
                                      .identity = std::move(identity)});
  *response.mutable_new_state() = ToProto(output.state, implied);
  response.clear_new_identity();
  if (output.identity.has_value()) *response.mutable_new_identity() = ToProto(*type, *output.identity);
  response.set_private_(std::move(output.private_data));
  call.diagnostics.Append(output.diagnostics);
  return {};
}

}  // namespace tfcpp
