// SPDX-License-Identifier: Apache-2.0
// The RPCs about the provider itself.
#include <string>
#include <utility>

#include "tfcpp/base/strings.h"
#include "tfcpp/codec/proto_diagnostics.h"
#include "tfcpp/codec/proto_schema.h"
#include "tfcpp/codec/proto_value.h"
#include "tfcpp/framework/check_provider.h"
#include "tfcpp/framework/guard.h"
#include "tfcpp/framework/validate.h"
#include "tfcpp/server/answers.h"
#include "tfcpp/server/capabilities.h"
#include "tfcpp/server/received.h"

namespace tfcpp {
namespace {

// For Terraform, which shows nothing of what a plugin writes to standard error (tfcpp/program/serve.h).
Diagnostics MistakesOf(const Provider& provider) {
  Diagnostics diagnostics;
  for (const std::string& mistake : CheckProvider(provider)) {
    diagnostics.AddError("The provider's schema has a mistake",
                         Concat(mistake, ". Please report this to the provider's developers."));
  }
  return diagnostics;
}

Configured RunConfigure(const Call& call, const ConfigureRequest& request) {
  try {
    return call.provider.configure(call.context, request);
  } catch (...) {
    RethrowWith(Concat("in configure of the provider ", call.provider.type_name));
  }
}

}  // namespace

tfplugin6::GetProviderSchema_Response EncodeProviderSchema(const Provider& provider) {
  tfplugin6::GetProviderSchema_Response response;
  *response.mutable_server_capabilities() = Capabilities();
  *response.mutable_provider() = ToProto(provider.schema);
  for (const ResourceType& type : provider.resources) {
    (*response.mutable_resource_schemas())[type.name] = ToProto(type.schema);
  }
  for (const DataSourceType& type : provider.data_sources) {
    (*response.mutable_data_source_schemas())[type.name] = ToProto(type.schema);
  }
  for (const EphemeralType& type : provider.ephemerals) {
    (*response.mutable_ephemeral_resource_schemas())[type.name] = ToProto(type.schema);
  }
  for (const ListType& type : provider.lists) {
    (*response.mutable_list_resource_schemas())[type.name] = ToProto(type.schema);
  }
  for (const ActionType& type : provider.actions) {
    *(*response.mutable_action_schemas())[type.name].mutable_schema() = ToProto(type.schema);
  }
  for (const FunctionType& type : provider.functions) (*response.mutable_functions())[type.name] = ToProto(type);
  AppendProto(MistakesOf(provider), *response.mutable_diagnostics());
  return response;
}

Result<void> Answer(Call& call, const tfplugin6::GetMetadata_Request&, tfplugin6::GetMetadata_Response& response) {
  *response.mutable_server_capabilities() = Capabilities();
  for (const ResourceType& type : call.provider.resources) response.add_resources()->set_type_name(type.name);
  for (const auto& type : call.provider.data_sources) response.add_data_sources()->set_type_name(type.name);
  for (const auto& type : call.provider.ephemerals) response.add_ephemeral_resources()->set_type_name(type.name);
  for (const auto& type : call.provider.lists) response.add_list_resources()->set_type_name(type.name);
  for (const auto& type : call.provider.actions) response.add_actions()->set_type_name(type.name);
  for (const auto& type : call.provider.functions) response.add_functions()->set_name(type.name);
  return {};
}

Result<void> Answer(Call& call, const tfplugin6::ValidateProviderConfig_Request& request,
                    tfplugin6::ValidateProviderConfig_Response&) {
  const Provider& provider = call.provider;
  TFCPP_ASSIGN_OR_RETURN(const Value config,
                         Received(request.config(), provider.schema, "a configuration", Promise::kNullOrObject));
  call.diagnostics.Append(ValidateConfig(provider.schema, provider.config_validators, config, {}));
  return {};
}

Result<void> Answer(Call& call, const tfplugin6::ConfigureProvider_Request& request,
                    tfplugin6::ConfigureProvider_Response&) {
  TFCPP_ASSIGN_OR_RETURN(const Value config,
                         Received(request.config(), call.provider.schema, "a configuration", Promise::kNullOrObject));
  call.diagnostics.Append(MistakesOf(call.provider));
  if (call.diagnostics.has_error()) return {};
  Configured configured = RunConfigure(call, {config, request.terraform_version()});
  call.diagnostics.Append(configured.diagnostics);
  if (call.diagnostics.has_error()) return {};
  call.diagnostics.Append(CheckBindings(call.provider, configured.services));
  if (!call.diagnostics.has_error()) call.run.set_services(std::move(configured.services));
  return {};
}

}  // namespace tfcpp
