// SPDX-License-Identifier: Apache-2.0
// ParseValue: the inverse of Value::ToString, so that tests can write values as text.
//
//   ParseValue(R"({id: ?, events: ["A", "B"], secret: null})", type)
//
// With an object type, attributes left out are null. Thread safety: pure function.
#pragma once

#include <string_view>

#include "tfcpp/base/result.h"
#include "tfcpp/value/value.h"

namespace tfcpp {

// The text's value as `type`. Where the type is dynamic, the concrete type follows from the text ([..] a tuple, {..} an
// object).
Result<Value> ParseValue(std::string_view text, const Type& type);

}  // namespace tfcpp
