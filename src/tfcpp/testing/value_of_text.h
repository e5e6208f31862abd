// SPDX-License-Identifier: Apache-2.0
// Values written as text in tests.
#pragma once

#include <stdexcept>
#include <string_view>

#include "tfcpp/value/parse.h"
#include "tfcpp/value/value.h"

namespace tfcpp::test {

// The value of a text (tfcpp/value/parse.h). Throws std::logic_error for text that is none: the test itself is wrong
// then.
inline Value ValueOfText(std::string_view text, const Type& type) {
  auto value = ParseValue(text, type);
  if (!value.has_value()) throw std::logic_error("test value: " + value.error().message);
  return *std::move(value);
}

}  // namespace tfcpp::test
