// Values in tests: written as text, and printed as text when an expectation fails.
#pragma once

#include <ostream>
#include <stdexcept>
#include <string_view>

#include "tfcpp/value/parse.h"
#include "tfcpp/value/path.h"
#include "tfcpp/value/value.h"

namespace tfcpp {

// The value of a text (tfcpp/value/parse.h). Throws for text that is none: the test itself is wrong then.
inline Value V(std::string_view text, const Type& type) {
  auto value = ParseValue(text, type);
  if (!value.has_value()) throw std::logic_error("test value: " + value.error().message);
  return *std::move(value);
}

inline void PrintTo(const Value& value, std::ostream* out) { *out << value.ToString(); }
inline void PrintTo(const Type& type, std::ostream* out) { *out << type.ToJson(); }
inline void PrintTo(const Path& path, std::ostream* out) { *out << path.ToString(); }

}  // namespace tfcpp
