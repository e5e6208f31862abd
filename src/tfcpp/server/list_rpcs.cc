// The RPCs of lists. The results are a stream; diagnostics come in an event of their own, the last.
#include <cstdint>
#include <limits>
#include <stdexcept>
#include <utility>

#include "tfcpp/base/strings.h"
#include "tfcpp/codec/proto_diagnostics.h"
#include "tfcpp/codec/proto_value.h"
#include "tfcpp/framework/validate.h"
#include "tfcpp/server/answers.h"
#include "tfcpp/server/received.h"
#include "tfcpp/server/require.h"

namespace tfcpp {
namespace {

const ListType* FindList(Call& call, const std::string& name) {
  return RequireType(call, call.provider.lists, "list", name);
}

// A list block without `config` is sent as null, and means one that sets nothing.
Result<Value> DecodeConfig(const tfplugin6::DynamicValue& message, const Schema& schema) {
  TFCPP_ASSIGN_OR_RETURN(Value config, Received(message, schema, "a configuration", Promise::kNullOrObject));
  if (!config.is_null()) return config;
  Value::Members members;
  const Type type = schema.ImpliedType();
  for (const auto& [name, member] : type.attributes()) members.emplace(name, Value::Null(member));
  return Value::Object(std::move(members));
}

tfplugin6::ListResource_Event Encode(const Run& run, const ListedResource& listed, const ResourceType& type) {
  const bool known =
      listed.identity.is_wholly_known() && (!listed.state.has_value() || listed.state->is_wholly_known());
  if (!known) throw std::logic_error(Concat("the list of ", type.name, " left values unknown"));
  tfplugin6::ListResource_Event event;
  event.set_display_name(ShownText(run.WithoutSecrets(listed.display_name)));
  *event.mutable_identity()->mutable_identity_data() = ToProto(listed.identity, type.identity->ImpliedType());
  if (listed.state.has_value()) *event.mutable_resource_object() = ToProto(*listed.state, type.schema.ImpliedType());
  return event;
}

}  // namespace

Result<void> Answer(Call& call, const tfplugin6::ValidateListResourceConfig_Request& request,
                    tfplugin6::ValidateListResourceConfig_Response&) {
  const ListType* type = FindList(call, request.type_name());
  if (type == nullptr) return {};
  TFCPP_ASSIGN_OR_RETURN(const Value config, DecodeConfig(request.config(), type->schema));
  call.diagnostics.Append(ValidateConfig(type->schema, type->config_validators, config, {}));
  return {};
}

Result<void> Answer(Call& call, const tfplugin6::ListResource_Request& request, const SendListed& send) {
  const ListType* list = FindList(call, request.type_name());
  if (list == nullptr) return {};
  const auto bound =
      RequireBinding(call, &Service::lists, list->name, Concat("The list ", list->name, " was not made"));
  if (!bound.has_value()) return {};
  const ResourceType& resource = *FindByName(call.provider.resources, list->name);  // CheckBindings() has made sure
  TFCPP_ASSIGN_OR_RETURN(Value given, DecodeConfig(request.config(), list->schema));
  if (!given.is_wholly_known()) {
    return Error{.code = ErrorCode::kInvalidArgument, .message = "a configuration in which something is unknown"};
  }
  const auto config = RequireValid(call, *list, std::move(given));
  if (!config.has_value()) return {};
  const std::int64_t limit = request.limit() > 0 ? request.limit() : std::numeric_limits<std::int64_t>::max();
  std::int64_t sent = 0;
  const TakeListed take = [&](const ListedResource& listed) {
    if (sent == limit || !send(Encode(call.run, listed, resource))) return false;
    return ++sent < limit;
  };
  call.diagnostics.Append(
      bound->object->List(call.context, {.config = *config, .include_state = request.include_resource_object()}, take));
  return {};
}

}  // namespace tfcpp
