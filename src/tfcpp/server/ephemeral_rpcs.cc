// SPDX-License-Identifier: Apache-2.0
// The RPCs of ephemeral resources.
#include <chrono>
#include <utility>

#include "tfcpp/base/strings.h"
#include "tfcpp/codec/proto_value.h"
#include "tfcpp/framework/guard.h"
#include "tfcpp/framework/validate.h"
#include "tfcpp/server/answers.h"
#include "tfcpp/server/received.h"
#include "tfcpp/server/require.h"

namespace tfcpp {
namespace {

const EphemeralType* FindEphemeral(Call& call, const std::string& name) {
  return RequireType(call, call.provider.ephemerals, "ephemeral resource", name);
}

template <class Response>
void Encode(const Lease& lease, Response& response) {
  if (lease.renew_at.has_value()) {
    using std::chrono::floor;
    const auto second = floor<std::chrono::seconds>(*lease.renew_at);
    response.mutable_renew_at()->set_seconds(second.time_since_epoch().count());
    response.mutable_renew_at()->set_nanos(
        static_cast<int>(std::chrono::duration_cast<std::chrono::nanoseconds>(*lease.renew_at - second).count()));
  }
  response.set_private_(lease.private_data);
}

// The result that Open gave, of the schema's type. The error's message is clauses.
Result<Value> TakeResult(const EphemeralType& type, const Value& config, const OpenOutcome& outcome) {
  TFCPP_ASSIGN_OR_RETURN(Value result, Answered(outcome.result, type.schema.ImpliedType()));
  for (const auto& [name, value] : config.Entries()) {
    if (value.is_null() || result.Get(name) == value) continue;
    return Error{.code = ErrorCode::kMalformed, .message = Concat(name, " is not as it is configured")};
  }
  return result;
}

// What was opened and cannot be used. The client will not close what it never saw.
void GiveBack(Call& call, EphemeralResource& resource, const EphemeralType& type, const std::string& private_data) {
  try {
    call.diagnostics.Append(resource.Close({call.context.stop, call.context.log, /*finishing=*/true}, private_data));
  } catch (...) {
    call.diagnostics.Add(DescribeException(Concat("during the close of a ", type.name)));
  }
}

}  // namespace

Result<void> Answer(Call& call, const tfplugin6::ValidateEphemeralResourceConfig_Request& request,
                    tfplugin6::ValidateEphemeralResourceConfig_Response&) {
  return Validate(call, FindEphemeral(call, request.type_name()), request);
}

Result<void> Answer(Call& call, const tfplugin6::OpenEphemeralResource_Request& request,
                    tfplugin6::OpenEphemeralResource_Response& response) {
  const EphemeralType* type = FindEphemeral(call, request.type_name());
  if (type == nullptr) return {};
  const auto bound = RequireBinding(call, &Service::ephemerals, type->name,
                                    Concat("The ephemeral resource ", type->name, " was not opened"));
  if (!bound.has_value()) return {};
  TFCPP_ASSIGN_OR_RETURN(Value given, Received(request.config(), type->schema, "a configuration", Promise::kKnown));
  const auto config = RequireValid(call, *type, std::move(given));
  if (!config.has_value()) return {};
  const OpenOutcome outcome = bound->object->Open(call.context, *config);
  call.diagnostics.Append(outcome.diagnostics);
  if (outcome.diagnostics.has_error()) return {};
  const Result<Value> result = TakeResult(*type, *config, outcome);
  if (!result.has_value()) {
    call.diagnostics.Add(ProviderBug(Concat("The opening of a ", type->name, " gave a value that cannot be used: ",
                                            result.error().message, ". It was closed again.")));
    GiveBack(call, *bound->object, *type, outcome.lease.private_data);
    return {};
  }
  *response.mutable_result() = ToProto(*result, type->schema.ImpliedType());
  Encode(outcome.lease, response);
  return {};
}

Result<void> Answer(Call& call, const tfplugin6::RenewEphemeralResource_Request& request,
                    tfplugin6::RenewEphemeralResource_Response& response) {
  const EphemeralType* type = FindEphemeral(call, request.type_name());
  if (type == nullptr) return {};
  const auto bound = RequireBinding(call, &Service::ephemerals, type->name,
                                    Concat("The ephemeral resource ", type->name, " was not renewed"));
  if (!bound.has_value()) return {};
  const RenewOutcome outcome = bound->object->Renew(call.context, request.private_());
  call.diagnostics.Append(outcome.diagnostics);
  if (!outcome.diagnostics.has_error()) Encode(outcome.lease, response);
  return {};
}

// Also after a stop: what was lent must be given back.
Result<void> Answer(Call& call, const tfplugin6::CloseEphemeralResource_Request& request,
                    tfplugin6::CloseEphemeralResource_Response&) {
  const EphemeralType* type = FindEphemeral(call, request.type_name());
  if (type == nullptr) return {};
  const std::string consequence = Concat("The ephemeral resource ", type->name, " was not closed");
  if (!RequireConfigured(call, consequence)) return {};
  const auto bound = FindBinding(call, &Service::ephemerals, type->name);
  if (bound.object == nullptr) {
    RequireReady(call, bound.service, consequence);
    return {};
  }
  const Context context{call.context.stop, call.context.log, /*finishing=*/true};
  call.diagnostics.Append(bound.object->Close(context, request.private_()));
  return {};
}

}  // namespace tfcpp
