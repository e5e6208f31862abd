// SPDX-License-Identifier: Apache-2.0
// Answer(): decode, call the framework, encode: one overload for each RPC, told apart by its messages. A Result's error
// says that the request could not be decoded; everything else goes to call.diagnostics.
//
// Thread safety: safe to call in parallel; a Call belongs to one RPC.
#pragma once

#include <functional>

#include "tfcpp/base/context.h"
#include "tfcpp/base/result.h"
#include "tfcpp/framework/provider.h"
#include "tfcpp/server/run.h"
#include "tfcpp/value/diagnostics.h"
#include "tfplugin6.pb.h"

namespace tfcpp {

struct Call {
  const Provider& provider;
  Run& run;
  Context context;
  Diagnostics& diagnostics;
};

// provider_rpcs.cc
tfplugin6::GetProviderSchema_Response EncodeProviderSchema(const Provider& provider);
Result<void> Answer(Call&, const tfplugin6::GetMetadata_Request&, tfplugin6::GetMetadata_Response&);
Result<void> Answer(Call&, const tfplugin6::ValidateProviderConfig_Request&,
                    tfplugin6::ValidateProviderConfig_Response&);
// Sets up call.run.
Result<void> Answer(Call&, const tfplugin6::ConfigureProvider_Request&, tfplugin6::ConfigureProvider_Response&);

// data_source_rpcs.cc
Result<void> Answer(Call&, const tfplugin6::ValidateDataResourceConfig_Request&,
                    tfplugin6::ValidateDataResourceConfig_Response&);
Result<void> Answer(Call&, const tfplugin6::ReadDataSource_Request&, tfplugin6::ReadDataSource_Response&);

// ephemeral_rpcs.cc
Result<void> Answer(Call&, const tfplugin6::ValidateEphemeralResourceConfig_Request&,
                    tfplugin6::ValidateEphemeralResourceConfig_Response&);
Result<void> Answer(Call&, const tfplugin6::OpenEphemeralResource_Request&, tfplugin6::OpenEphemeralResource_Response&);
Result<void> Answer(Call&, const tfplugin6::RenewEphemeralResource_Request&,
                    tfplugin6::RenewEphemeralResource_Response&);
Result<void> Answer(Call&, const tfplugin6::CloseEphemeralResource_Request&,
                    tfplugin6::CloseEphemeralResource_Response&);

// function_rpcs.cc
tfplugin6::Function ToProto(const FunctionType& type);
Result<void> Answer(Call&, const tfplugin6::GetFunctions_Request&, tfplugin6::GetFunctions_Response&);
Result<void> Answer(Call&, const tfplugin6::CallFunction_Request&, tfplugin6::CallFunction_Response&);

// list_rpcs.cc
// Sends one result; false: the client is gone.
using SendListed = std::function<bool(const tfplugin6::ListResource_Event&)>;
Result<void> Answer(Call&, const tfplugin6::ValidateListResourceConfig_Request&,
                    tfplugin6::ValidateListResourceConfig_Response&);
Result<void> Answer(Call&, const tfplugin6::ListResource_Request&, const SendListed&);

// action_rpcs.cc
Result<void> Answer(Call&, const tfplugin6::ValidateActionConfig_Request&, tfplugin6::ValidateActionConfig_Response&);
Result<void> Answer(Call&, const tfplugin6::PlanAction_Request&, tfplugin6::PlanAction_Response&);
Result<void> Answer(Call&, const tfplugin6::InvokeAction_Request&, const ReportProgress&);

// resource_rpcs.cc
Result<void> Answer(Call&, const tfplugin6::ValidateResourceConfig_Request&,
                    tfplugin6::ValidateResourceConfig_Response&);
Result<void> Answer(Call&, const tfplugin6::UpgradeResourceState_Request&, tfplugin6::UpgradeResourceState_Response&);
Result<void> Answer(Call&, const tfplugin6::ReadResource_Request&, tfplugin6::ReadResource_Response&);
Result<void> Answer(Call&, const tfplugin6::PlanResourceChange_Request&, tfplugin6::PlanResourceChange_Response&);
Result<void> Answer(Call&, const tfplugin6::ApplyResourceChange_Request&, tfplugin6::ApplyResourceChange_Response&);

// adoption_rpcs.cc
Result<void> Answer(Call&, const tfplugin6::ImportResourceState_Request&, tfplugin6::ImportResourceState_Response&);
Result<void> Answer(Call&, const tfplugin6::MoveResourceState_Request&, tfplugin6::MoveResourceState_Response&);
Result<void> Answer(Call&, const tfplugin6::GenerateResourceConfig_Request&,
                    tfplugin6::GenerateResourceConfig_Response&);

// identity_rpcs.cc
Result<void> Answer(Call&, const tfplugin6::GetResourceIdentitySchemas_Request&,
                    tfplugin6::GetResourceIdentitySchemas_Response&);
Result<void> Answer(Call&, const tfplugin6::UpgradeResourceIdentity_Request&,
                    tfplugin6::UpgradeResourceIdentity_Response&);

}  // namespace tfcpp
