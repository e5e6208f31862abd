// SPDX-License-Identifier: Apache-2.0
// Values as Terraform sends them: MessagePack, directed by the type, not by the bytes.
//
// Form (measured on Terraform 1.6 to 1.15): an object is a map with exactly its attributes; a number is an int, an
// exact double or decimal text; unknown is an extension, type 12 with a map of refinements or any other without; a
// value of dynamic type is a pair [type JSON, value]. Limits: 256 MiB, 64 levels of nesting. Pure; thread-safe.
#pragma once

#include <string>
#include <string_view>

#include "tfcpp/base/result.h"
#include "tfcpp/value/type.h"
#include "tfcpp/value/value.h"

namespace tfcpp {

std::string EncodeMsgpack(const Value& value, const Type& type);
// Errors are kMalformed and name the path, never a value.
Result<Value> DecodeMsgpack(std::string_view bytes, const Type& type);

}  // namespace tfcpp
