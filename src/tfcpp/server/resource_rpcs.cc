// SPDX-License-Identifier: Apache-2.0
// The RPCs of managed resources. Private data in an answer replaces what Terraform keeps, so every answer sends it, and
// never with a decision in it: that is a plan's, for its apply.
#include <optional>
#include <string>
#include <utility>

#include "tfcpp/base/strings.h"
#include "tfcpp/codec/proto_diagnostics.h"
#include "tfcpp/codec/proto_value.h"
#include "tfcpp/codec/state_json.h"
#include "tfcpp/framework/apply.h"
#include "tfcpp/framework/plan.h"
#include "tfcpp/framework/planned_private.h"
#include "tfcpp/framework/read.h"
#include "tfcpp/framework/upgrade.h"
#include "tfcpp/framework/validate.h"
#include "tfcpp/server/answers.h"
#include "tfcpp/server/identity.h"
#include "tfcpp/server/received.h"
#include "tfcpp/server/require.h"

namespace tfcpp {
namespace {

const ResourceType* FindType(Call& call, const std::string& name) {
  return RequireType(call, call.provider.resources, "resource", name);
}

// What a plan or an apply is about.
struct Change {
  Value config;
  Value prior;
  Value next;  // proposed or planned
};

// `what` and `promise` are about the next state. There is an object, or one is to be; and what is to be has a
// configuration.
Result<Change> ReceiveChange(const Schema& schema, const tfplugin6::DynamicValue& config,
                             const tfplugin6::DynamicValue& prior, const tfplugin6::DynamicValue& next,
                             std::string_view what, Promise promise) {
  const auto broken = [](const char* how) { return Error{.code = ErrorCode::kInvalidArgument, .message = how}; };
  Change change;
  TFCPP_ASSIGN_OR_RETURN(change.config, Received(config, schema, "a configuration", promise));
  TFCPP_ASSIGN_OR_RETURN(change.prior, Received(prior, schema, "a prior state", Promise::kNullOrKnown));
  TFCPP_ASSIGN_OR_RETURN(change.next, Received(next, schema, what, promise));
  if (change.prior.is_null() && change.next.is_null()) return broken("neither an object nor a plan for one");
  if (change.config.is_null() && !change.next.is_null()) {
    return broken("a plan for an object, but without a configuration");
  }
  return change;
}

// Without its id an object cannot be found, and "not found" would mean "gone".
bool RequireId(Call& call, const ResourceType& type, const Value& state) {
  const Attribute* id = type.schema.Find("id");
  if (id == nullptr || !id->read_only() || state.is_null()) return true;
  if (!state.Get("id").is_null() && !state.Get("id").AsString().empty()) return true;
  call.diagnostics.AddError(
      "The stored state has no id",
      Concat("The state of this ", type.name,
             " has no id, which the provider always writes: somebody edited the state, or another program did. Put the "
             "id back, or remove the instance with `terraform state rm` and import the object again. Nothing was "
             "changed."));
  return false;
}

}  // namespace

Result<void> Answer(Call& call, const tfplugin6::ValidateResourceConfig_Request& request,
                    tfplugin6::ValidateResourceConfig_Response&) {
  const ResourceType* type = FindType(call, request.type_name());
  if (type == nullptr) return {};
  TFCPP_ASSIGN_OR_RETURN(const Value config,
                         Received(request.config(), type->schema, "a configuration", Promise::kObject));
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
  if (!RequireId(call, *type, output.state)) return {};
  *response.mutable_upgraded_state() = ToProto(output.state, type->schema.ImpliedType());
  return {};
}

Result<void> Answer(Call& call, const tfplugin6::ReadResource_Request& request,
                    tfplugin6::ReadResource_Response& response) {
  // Whatever goes wrong, the state stays as it is.
  *response.mutable_new_state() = request.current_state();
  const std::string private_data = Unpack(request.private_()).private_data;
  response.set_private_(private_data);
  const ResourceType* type = FindType(call, request.type_name());
  if (type == nullptr) return {};
  const std::string consequence = Concat("The ", type->name, " was not read");
  if (!RequireConfigured(call, consequence)) return {};
  const Type implied = type->schema.ImpliedType();
  TFCPP_ASSIGN_OR_RETURN(const Value state,
                         Received(request.current_state(), type->schema, "a state", Promise::kKnown));
  if (!RequireId(call, *type, state)) return {};
  *response.mutable_new_state() = ToProto(state, implied);
  TFCPP_ASSIGN_OR_RETURN(const std::optional<Value> identity, IdentityFromProto(*type, request.current_identity()));
  if (identity.has_value()) *response.mutable_new_identity() = request.current_identity();

  const auto bound = FindBinding(call, &Service::resources, type->name);
  if (!bound.service.ready()) {
    ReportToRead(call, bound.service, consequence);
    return {};
  }
  if (!RequireReady(call, bound.service, consequence)) return {};
  ResourceOutput output = ReadResource(call.context, *type, *bound.object,
                                       {.state = state, .private_data = private_data, .identity = identity});
  *response.mutable_new_state() = ToProto(output.state, implied);
  if (output.identity.has_value()) *response.mutable_new_identity() = ToProto(*type, *output.identity);
  response.set_private_(std::move(output.private_data));
  call.diagnostics.Append(output.diagnostics);
  return {};
}

Result<void> Answer(Call& call, const tfplugin6::PlanResourceChange_Request& request,
                    tfplugin6::PlanResourceChange_Response& response) {
  // In the create half of a replacement it is the planned private data of the first half.
  const std::string private_data = Unpack(request.prior_private()).private_data;
  response.set_planned_private(private_data);
  // An identity never changes by a change of the object; a new object's is known after apply.
  if (request.has_prior_identity()) *response.mutable_planned_identity() = request.prior_identity();
  const ResourceType* type = FindType(call, request.type_name());
  if (type == nullptr) return {};
  const std::string consequence = Concat("The ", type->name, " was not planned");
  if (!RequireConfigured(call, consequence)) return {};
  TFCPP_ASSIGN_OR_RETURN(
      Change change, ReceiveChange(type->schema, request.config(), request.prior_state(), request.proposed_new_state(),
                                   "a proposed state", Promise::kNullOrObject));
  if (!RequireId(call, *type, change.prior)) return {};

  const Service& service = FindBinding(call, &Service::resources, type->name).service;
  ReportToPlan(call, service, consequence);
  // A new object has had no decision: what a client hands over is that of the object which it replaces.
  std::string first_decision = change.prior.is_null() ? "" : Unpack(request.planned_private()).decision;
  Plan plan =
      PlanResource(*type, {.config = std::move(change.config),
                           .prior = std::move(change.prior),
                           .proposed = std::move(change.next),
                           .private_data = private_data,
                           .facts = service.facts,
                           .first_decision = std::move(first_decision),
                           .write_only_allowed = request.client_capabilities().write_only_attributes_allowed()});
  call.diagnostics.Append(plan.diagnostics);
  // An error is no plan: Terraform would not look at it, but a client may print it.
  if (plan.diagnostics.has_error()) return {};
  *response.mutable_planned_state() = ToProto(plan.planned, type->schema.ImpliedType());
  for (const Path& path : plan.requires_replace) *response.add_requires_replace() = ToProto(path);
  response.set_planned_private(
      Pack({.private_data = std::move(plan.private_data), .decision = std::move(plan.decision)}));
  return {};
}

Result<void> Answer(Call& call, const tfplugin6::ApplyResourceChange_Request& request,
                    tfplugin6::ApplyResourceChange_Response& response) {
  // An error before anything was sent: what was there before is still there.
  *response.mutable_new_state() = request.prior_state();
  PlannedPrivate planned_private = Unpack(request.planned_private());
  response.set_private_(planned_private.private_data);
  const ResourceType* type = FindType(call, request.type_name());
  constexpr std::string_view kConsequence = "Nothing was changed";
  if (type == nullptr || !RequireConfigured(call, kConsequence)) return {};
  const Type implied = type->schema.ImpliedType();
  TFCPP_ASSIGN_OR_RETURN(Change change, ReceiveChange(type->schema, request.config(), request.prior_state(),
                                                      request.planned_state(), "a plan", Promise::kPlan));
  if (!RequireId(call, *type, change.prior)) return {};
  *response.mutable_new_state() = ToProto(change.prior, implied);
  TFCPP_ASSIGN_OR_RETURN(std::optional<Value> identity, IdentityFromProto(*type, request.planned_identity()));
  if (identity.has_value()) *response.mutable_new_identity() = request.planned_identity();

  const auto bound = RequireBinding(call, &Service::resources, type->name, kConsequence);
  if (!bound.has_value()) return {};
  ResourceOutput output = ApplyResource(call.context, *type, *bound->object,
                                        {.config = std::move(change.config),
                                         .prior = std::move(change.prior),
                                         .planned = std::move(change.next),
                                         .private_data = std::move(planned_private.private_data),
                                         .decision = std::move(planned_private.decision),
                                         .identity = std::move(identity)});
  *response.mutable_new_state() = ToProto(output.state, implied);
  response.clear_new_identity();
  if (output.identity.has_value()) *response.mutable_new_identity() = ToProto(*type, *output.identity);
  response.set_private_(std::move(output.private_data));
  call.diagnostics.Append(output.diagnostics);
  return {};
}

}  // namespace tfcpp
