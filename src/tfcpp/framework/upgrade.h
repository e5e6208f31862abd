// SPDX-License-Identifier: Apache-2.0
// UpgradeState(): brings a stored state, given as JSON, to the present schema version. The same version is decoded
// again (attributes unknown to the schema are dropped, missing ones become null); an older one runs its upgrader; a
// newer one is an error. Pure.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

#include "tfcpp/framework/resource.h"

namespace tfcpp {

// Decodes state JSON by a type (tfcpp/codec/state_json.h DecodeStateJson): passed in, because the codec layer is above
// none of this and the framework knows no formats.
using StateDecoder = std::function<Result<Value>(std::string_view json, const Type& type)>;

struct UpgradeOutput {
  Value state;  // null only together with an error
  Diagnostics diagnostics;
};

UpgradeOutput UpgradeState(const ResourceType& type, std::int64_t version, std::string_view json,
                           const StateDecoder& decode);

}  // namespace tfcpp
