// SPDX-License-Identifier: Apache-2.0
// Values as DynamicValue messages, by type. MessagePack and JSON in; always MessagePack out, because JSON answers may
// silently lose attributes and hold no unknowns. Pure; thread-safe.
#pragma once

#include "tfcpp/base/result.h"
#include "tfcpp/value/type.h"
#include "tfcpp/value/value.h"
#include "tfplugin6.pb.h"

namespace tfcpp {

tfplugin6::DynamicValue ToProto(const Value& value, const Type& type);
// Neither form set: null. Errors are kMalformed and name the path, never a value.
Result<Value> FromProto(const tfplugin6::DynamicValue& message, const Type& type);

}  // namespace tfcpp
