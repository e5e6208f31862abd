// SPDX-License-Identifier: Apache-2.0
// Validators that more than one attribute can use. Each is pure and skips what it cannot judge (validate.h never calls
// them for null or unknown values).
#pragma once

#include <string>
#include <vector>

#include "tfcpp/schema/schema.h"

namespace tfcpp {

// A string that is one of `values`; the error names the nearest.
Validator OneOf(std::vector<std::string> values);
// A collection or string with at least `count` elements or bytes.
Validator SizeAtLeast(std::size_t count);
// One with at most so many.
Validator SizeAtMost(std::size_t count);
// A whole number within [low, high].
Validator IntBetween(std::int64_t low, std::int64_t high);
// A string without ASCII control characters that has more than blanks. For secrets: the error has no path and never
// shows the value.
Validator SecretText(std::string attribute_name);

}  // namespace tfcpp
