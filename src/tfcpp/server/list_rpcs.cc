// SPDX-License-Identifier: Apache-2.0
// The RPCs of lists. The results are a stream; diagnostics come in an event of their own, the last.
#include <cstdint>
#include <limits>
#include <utility>

#include "tfcpp/base/strings.h"
#include "tfcpp/codec/proto_diagnostics.h"
#include "tfcpp/codec/proto_value.h"
#include "tfcpp/framework/guard.h"
#include "tfcpp/framework/plan_steps.h"
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

// The error's message is clauses about what the list gave.
Result<tfplugin6::ListResource_Event> Encode(const Call& call, const ListRequest& request, const ListedResource& listed,
                                             const ResourceType& type) {
  const auto unusable = [](std::string_view what, const std::string& how) {
    return Error{.code = ErrorCode::kMalformed, .message = Concat(what, " that cannot be used: ", how)};
  };
  const Result<Value> identity = Answered(listed.identity, type.identity->ImpliedType());
  if (!identity.has_value()) return unusable("an identity", identity.error().message);
  tfplugin6::ListResource_Event event;
  event.set_display_name(ShownText(call.run.WithoutSecrets(listed.display_name)));
  *event.mutable_identity()->mutable_identity_data() = ToProto(*identity, type.identity->ImpliedType());
  if (!request.include_state) return event;
  const Type implied = type.schema.ImpliedType();
  const Result<Value> state = Answered(listed.state, implied);
  if (!state.has_value()) return unusable("a state", state.error().message);
  *event.mutable_resource_object() = ToProto(WriteOnlyToNull(type.schema, *state), implied);
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
  const ResourceType& resource = *FindByName(call.provider.resources, list->name);  // CheckProvider() has made sure
  TFCPP_ASSIGN_OR_RETURN(Value given, DecodeConfig(request.config(), list->schema));
  if (!given.is_wholly_known()) {
    return Error{.code = ErrorCode::kInvalidArgument, .message = "a configuration in which something is unknown"};
  }
  const auto config = RequireValid(call, *list, std::move(given));
  if (!config.has_value()) return {};
  const std::int64_t limit = request.limit() > 0 ? request.limit() : std::numeric_limits<std::int64_t>::max();
  const ListRequest wanted{.config = *config, .include_state = request.include_resource_object()};
  std::int64_t sent = 0;
  std::string unusable;
  const TakeListed take = [&](const ListedResource& listed) {
    if (sent == limit || !unusable.empty()) return false;
    const auto event = Encode(call, wanted, listed, resource);
    if (!event.has_value()) unusable = event.error().message;
    if (!event.has_value() || !send(*event)) return false;
    return ++sent < limit;
  };
  call.diagnostics.Append(bound->object->List(call.context, wanted, take));
  if (!unusable.empty()) {
    call.diagnostics.Add(
        ProviderBug(Concat("The list of ", list->name, " gave ", unusable, ". There may be more than was listed.")));
  }
  return {};
}

}  // namespace tfcpp
