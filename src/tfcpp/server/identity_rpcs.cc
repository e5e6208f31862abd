// SPDX-License-Identifier: Apache-2.0
// The RPCs of resource identities (Terraform 1.12). Both work on a provider that was never configured.
#include <cstdint>
#include <string>
#include <utility>

#include "tfcpp/base/strings.h"
#include "tfcpp/codec/proto_schema.h"
#include "tfcpp/codec/proto_value.h"
#include "tfcpp/codec/state_json.h"
#include "tfcpp/framework/guard.h"
#include "tfcpp/server/answers.h"
#include "tfcpp/server/identity.h"
#include "tfcpp/server/require.h"

namespace tfcpp {

Result<std::optional<Value>> IdentityFromProto(const ResourceType& type,
                                               const tfplugin6::ResourceIdentityData& message) {
  if (!type.identity.has_value() || !message.has_identity_data()) return std::optional<Value>();
  TFCPP_ASSIGN_OR_RETURN(Value identity, FromProto(message.identity_data(), type.identity->ImpliedType()));
  if (!identity.is_set()) return std::optional<Value>();
  return std::optional<Value>(std::move(identity));
}

tfplugin6::ResourceIdentityData ToProto(const ResourceType& type, const Value& identity) {
  tfplugin6::ResourceIdentityData message;
  *message.mutable_identity_data() = ToProto(identity, type.identity->ImpliedType());
  return message;
}

Result<void> Answer(Call& call, const tfplugin6::GetResourceIdentitySchemas_Request&,
                    tfplugin6::GetResourceIdentitySchemas_Response& response) {
  for (const ResourceType& type : call.provider.resources) {
    if (type.identity.has_value()) {
      (*response.mutable_identity_schemas())[type.name] = IdentityToProto(*type.identity);
    }
  }
  return {};
}

Result<void> Answer(Call& call, const tfplugin6::UpgradeResourceIdentity_Request& request,
                    tfplugin6::UpgradeResourceIdentity_Response& response) {
  const ResourceType* type = RequireType(call, call.provider.resources, "resource", request.type_name());
  if (type == nullptr) return {};
  const std::int64_t version = request.version();
  const auto upgrader = type->identity_upgraders.find(version);
  const bool current = type->identity.has_value() && version == type->identity->version;
  if (!current && (!type->identity.has_value() || upgrader == type->identity_upgraders.end())) {
    call.diagnostics.AddError(
        "The stored identity cannot be read",
        Concat("The identity of this ", type->name, " has version ", std::to_string(version),
               ", which this provider does not know. Use the version of the provider that wrote it."));
    return {};
  }
  const Type implied = type->identity->ImpliedType();
  const Type stored = current ? implied : Type::Dynamic();
  TFCPP_ASSIGN_OR_RETURN(Value identity, DecodeStateJson(request.raw_identity().json(), stored));
  if (!current) {
    TFCPP_ASSIGN_OR_RETURN(const Value upgraded, upgrader->second(identity));
    auto fitting = Answered(upgraded, implied);
    if (!fitting.has_value()) {
      call.diagnostics.Add(
          ProviderBug(Concat("The upgrade of the identity of a ", type->name, " from version ", std::to_string(version),
                             " gave one that cannot be used: ", fitting.error().message, ".")));
      return {};
    }
    identity = *std::move(fitting);
  }
  *response.mutable_upgraded_identity() = ToProto(*type, identity);
  return {};
}

}  // namespace tfcpp
