// SPDX-License-Identifier: Apache-2.0
// Fit(): a value that code has made by hand, held against the type that it is to have.
//
//   Fit(Value::Object({{"size", Value::String("5")}}), type);
//   // faults: "size must be a number, but is a string", "id is missing"
//
// The value that comes back is of the type: nulls and unknown values get the type of their place, so that Value() may
// stand for any null; what does not fit is null. Pure; thread-safe.
#pragma once

#include <string>
#include <vector>

#include "tfcpp/value/path.h"
#include "tfcpp/value/type.h"
#include "tfcpp/value/value.h"

namespace tfcpp {

struct Fitted {
  Value value;
  std::vector<std::string> faults;  // clauses, each with its path, never with a value; the first ten
};
Fitted Fit(const Value& value, const Type& type);

// Whether the type has a place for the path, as a value of it may have: a list any index, a map any key.
bool LeadsSomewhere(const Path& path, const Type& type);

// Where something is unknown: the outermost places. A value that is unknown as a whole has the empty path.
std::vector<Path> UnknownIn(const Value& value);

}  // namespace tfcpp
