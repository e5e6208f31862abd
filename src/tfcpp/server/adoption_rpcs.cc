// SPDX-License-Identifier: Apache-2.0
// The RPCs that take over what exists: import, moves from other resource types, configuration made from a state.
#include <utility>

#include "tfcpp/base/strings.h"
#include "tfcpp/codec/proto_value.h"
#include "tfcpp/codec/state_json.h"
#include "tfcpp/framework/generate_config.h"
#include "tfcpp/framework/import.h"
#include "tfcpp/framework/move.h"
#include "tfcpp/server/answers.h"
#include "tfcpp/server/identity.h"
#include "tfcpp/server/received.h"
#include "tfcpp/server/require.h"

namespace tfcpp {

Result<void> Answer(Call& call, const tfplugin6::ImportResourceState_Request& request,
                    tfplugin6::ImportResourceState_Response& response) {
  const ResourceType* type = RequireType(call, call.provider.resources, "resource", request.type_name());
  if (type == nullptr) return {};
  const auto bound =
      RequireBinding(call, &Service::resources, type->name, Concat("The ", type->name, " was not imported"));
  if (!bound.has_value()) return {};
  TFCPP_ASSIGN_OR_RETURN(std::optional<Value> identity, IdentityFromProto(*type, request.identity()));
  Outcome outcome =
      ImportResource(*type, {.id = request.id(), .identity = std::move(identity), .facts = bound->service.facts});
  call.diagnostics.Append(outcome.diagnostics);
  if (!outcome.state.has_value()) return {};
  tfplugin6::ImportResourceState_ImportedResource& imported = *response.add_imported_resources();
  imported.set_type_name(type->name);
  *imported.mutable_state() = ToProto(*outcome.state, type->schema.ImpliedType());
  imported.set_private_(std::move(outcome.private_data));
  if (outcome.identity.has_value()) *imported.mutable_identity() = ToProto(*type, *outcome.identity);
  return {};
}

Result<void> Answer(Call& call, const tfplugin6::MoveResourceState_Request& request,
                    tfplugin6::MoveResourceState_Response& response) {
  const ResourceType* type = RequireType(call, call.provider.resources, "resource", request.target_type_name());
  if (type == nullptr) return {};
  Outcome outcome = MoveState(*type,
                              {.source_provider = request.source_provider_address(),
                               .source_type = request.source_type_name(),
                               .source_version = request.source_schema_version(),
                               .json = request.source_state().json(),
                               .private_data = request.source_private()},
                              DecodeStateJson);
  call.diagnostics.Append(outcome.diagnostics);
  if (!outcome.state.has_value()) return {};
  *response.mutable_target_state() = ToProto(*outcome.state, type->schema.ImpliedType());
  response.set_target_private(std::move(outcome.private_data));
  return {};
}

Result<void> Answer(Call& call, const tfplugin6::GenerateResourceConfig_Request& request,
                    tfplugin6::GenerateResourceConfig_Response& response) {
  const ResourceType* type = RequireType(call, call.provider.resources, "resource", request.type_name());
  if (type == nullptr) return {};
  const Type implied = type->schema.ImpliedType();
  TFCPP_ASSIGN_OR_RETURN(const Value state, Received(request.state(), type->schema, "a state", Promise::kObject));
  *response.mutable_config() = ToProto(GenerateConfig(type->schema, state), implied);
  return {};
}

}  // namespace tfcpp
