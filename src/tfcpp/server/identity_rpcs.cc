// SPDX-License-Identifier: Apache-2.0
// The RPCs of resource identities (Terraform 1.12). Both work on a provider that was never configured.
#include <string>
#include <utility>

#include "tfcpp/base/strings.h"
#include "tfcpp/codec/proto_schema.h"
#include "tfcpp/codec/proto_value.h"
#include "tfcpp/codec/state_json.h"
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

// Only the present version exists, so every stored identity is decoded as it is.
Result<void> Answer(Call& call, const tfplugin6::UpgradeResourceIdentity_Request& request,
                    tfplugin6::UpgradeResourceIdentity_Response& response) {
  const ResourceType* type = RequireType(call, call.provider.resources, "resource", request.type_name());
  if (type == nullptr) return {};
  if (!type->identity.has_value() || request.version() != type->identity->version) {
    call.diagnostics.AddError(
        "The stored identity cannot be read",
        Concat("The identity of this ", type->name, " has version ", std::to_string(request.version()),
               ", which this provider does not know. Use the "
               "version of the provider that wrote it."));
    return {};
  }
  TFCPP_ASSIGN_OR_RETURN(const Value identity,
                         DecodeStateJson(request.raw_identity().json(), type->identity->ImpliedType()));
  *response.mutable_upgraded_identity() = ToProto(*type, identity);
  return {};
}

}  // namespace tfcpp
