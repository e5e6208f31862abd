// SPDX-License-Identifier: Apache-2.0
// What stands in answers, decoded. A value that cannot be read throws CallFailed (kMalformed), which says of what it
// is. Pure; thread-safe.
#pragma once

#include <optional>
#include <string_view>

#include "tfcpp/base/strings.h"
#include "tfcpp/codec/proto_value.h"
#include "tfcpp/host/call_failed.h"

namespace tfcpp::host {

// `what`: "a planned state".
inline Value Receive(const tfplugin6::DynamicValue& message, const Type& type, std::string_view what) {
  auto value = FromProto(message, type);
  if (value.has_value()) return *std::move(value);
  throw CallFailed(
      {.code = ErrorCode::kMalformed, .message = Concat(what, " that cannot be read: ", value.error().message)});
}

// Nullopt: there is none.
inline std::optional<Value> ReceiveIdentity(bool has_identity, const tfplugin6::ResourceIdentityData& message,
                                            const std::optional<Type>& type) {
  if (!has_identity || !type.has_value()) return std::nullopt;
  return Receive(message.identity_data(), *type, "an identity");
}

}  // namespace tfcpp::host
