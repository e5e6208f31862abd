// The RPCs of ephemeral resources.
#include <chrono>
#include <stdexcept>
#include <utility>

#include "tfcpp/base/strings.h"
#include "tfcpp/codec/proto_value.h"
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

// Throws std::logic_error where the result is not what Open promises.
tfplugin6::DynamicValue EncodeResult(const EphemeralType& type, const Value& config, const OpenOutcome& outcome) {
  const auto broken = [&](std::string_view how) {
    return std::logic_error(Concat("the opening of a ", type.name, " ", how));
  };
  if (!outcome.result.has_value() || !outcome.result->is_set()) throw broken("gave no value");
  if (!outcome.result->is_wholly_known()) throw broken("left values unknown");
  tfplugin6::DynamicValue encoded;
  try {
    encoded = ToProto(*outcome.result, type.schema.ImpliedType());
  } catch (const std::logic_error& other_type) {
    throw broken(Concat("gave a value of another type than its schema's: ", other_type.what()));
  }
  for (const auto& [name, value] : config.Entries()) {
    if (!value.is_null() && outcome.result->Get(name) != value) throw broken(Concat("changed the configured ", name));
  }
  return encoded;
}

}  // namespace

Result<void> Answer(Call& call, const tfplugin6::ValidateEphemeralResourceConfig_Request& request,
                    tfplugin6::ValidateEphemeralResourceConfig_Response&) {
  const EphemeralType* type = FindEphemeral(call, request.type_name());
  if (type == nullptr) return {};
  TFCPP_ASSIGN_OR_RETURN(const Value config,
                         Received(request.config(), type->schema, "a configuration", Promise::kObject));
  call.diagnostics.Append(ValidateConfig(type->schema, type->config_validators, config, {}));
  return {};
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
  try {
    *response.mutable_result() = EncodeResult(*type, *config, outcome);
  } catch (...) {
    // The client will not close what it never saw.
    call.diagnostics.Append(bound->object->Close(call.context, outcome.lease.private_data));
    throw;
  }
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
