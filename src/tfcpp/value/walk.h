// SPDX-License-Identifier: Apache-2.0
// Going through values: one part by path, every part, or a changed copy.
//
// Thread safety: pure functions.
#pragma once

#include <functional>
#include <optional>

#include "tfcpp/value/path.h"
#include "tfcpp/value/value.h"

namespace tfcpp {

// The part of `root` at `path`. Nullopt when a step leads nowhere: a missing index or key, or a null on the way. Below
// an unknown, every part is unknown (of dynamic type where the step's type cannot be told).
std::optional<Value> At(const Value& root, const Path& path);

// Calls `visit` for every part, parents first. Children of null and unknown values do not exist. Return false to skip
// the children of this part.
void Walk(const Value& root, const std::function<bool(const Path&, const Value&)>& visit);

// `root` with the part at `path` replaced. Steps are attributes, keys and indexes that exist; throws std::logic_error
// otherwise.
Value Replace(const Value& root, const Path& path, Value part);

}  // namespace tfcpp
