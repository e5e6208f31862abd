// SPDX-License-Identifier: Apache-2.0
// MoveState(): takes over a stored state into another resource type, for `moved` blocks across types and providers
// (Terraform 1.8). The same type under another provider address is taken as it is. The provider is not configured then,
// so nothing can be asked of the service; a Read follows. Pure; thread-safe.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "tfcpp/framework/resource.h"
#include "tfcpp/framework/upgrade.h"

namespace tfcpp {

struct MoveRequest {
  std::string_view source_provider;  // full address
  std::string_view source_type;
  std::int64_t source_version = 0;
  std::string_view json;  // the attributes as stored
  const std::string& private_data;
};

// The outcome has a state of the schema's type, or an error that says what can be moved.
Outcome MoveState(const ResourceType& type, const MoveRequest& request, const StateDecoder& decode);

}  // namespace tfcpp
