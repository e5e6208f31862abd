// SPDX-License-Identifier: Apache-2.0
// The RPCs of data sources.
#include <utility>

#include "tfcpp/base/strings.h"
#include "tfcpp/codec/proto_value.h"
#include "tfcpp/framework/guard.h"
#include "tfcpp/framework/validate.h"
#include "tfcpp/server/answers.h"
#include "tfcpp/server/received.h"
#include "tfcpp/server/require.h"

namespace tfcpp {

Result<void> Answer(Call& call, const tfplugin6::ValidateDataResourceConfig_Request& request,
                    tfplugin6::ValidateDataResourceConfig_Response&) {
  return Validate(call, RequireType(call, call.provider.data_sources, "data source", request.type_name()), request);
}

Result<void> Answer(Call& call, const tfplugin6::ReadDataSource_Request& request,
                    tfplugin6::ReadDataSource_Response& response) {
  const auto* type = RequireType(call, call.provider.data_sources, "data source", request.type_name());
  if (type == nullptr) return {};
  const auto bound = RequireBinding(call, &Service::data_sources, type->name,
                                    Concat("The data source ", type->name, " was not read"), Errors::kMayBeDropped);
  if (!bound.has_value()) return {};
  const Type implied = type->schema.ImpliedType();
  TFCPP_ASSIGN_OR_RETURN(Value given, Received(request.config(), type->schema, "a configuration", Promise::kKnown));
  const auto config = RequireValid(call, *type, std::move(given));
  if (!config.has_value()) return {};
  const DataOutcome outcome = bound->object->Read(call.context, *config);
  call.diagnostics.Append(outcome.diagnostics);
  if (outcome.diagnostics.has_error()) return {};
  const Result<Value> state = Answered(outcome.state, implied);
  if (!state.has_value()) {
    call.diagnostics.Add(ProviderBug(Concat("The read of the data source ", type->name,
                                            " gave a value that cannot be used: ", state.error().message, ".")));
    return {};
  }
  *response.mutable_state() = ToProto(*state, implied);
  return {};
}

}  // namespace tfcpp
