// SPDX-License-Identifier: Apache-2.0
// Values as Terraform stores them in state files: JSON, directed by the type. No unknowns. Limits: 256 MiB, 64 levels.
// Pure; thread-safe.
#pragma once

#include <string>
#include <string_view>

#include "tfcpp/base/result.h"
#include "tfcpp/value/type.h"
#include "tfcpp/value/value.h"

namespace tfcpp {

std::string EncodeStateJson(const Value& value, const Type& type);
// Members that the type does not have are dropped, missing ones are null: a state may have been written by an earlier
// version of the same schema. Primitives convert where nothing is lost ("12" to 12). A value of dynamic type is
// {"value": ..., "type": ...}. When `type` itself is dynamic (for state upgraders), the JSON is taken as it is:
// objects, tuples, strings, numbers, bools and null of dynamic type; not the inverse of EncodeStateJson, which writes
// the tag. Errors are kMalformed and name the path, never a value.
Result<Value> DecodeStateJson(std::string_view json, const Type& type);

}  // namespace tfcpp
