// SPDX-License-Identifier: Apache-2.0
// Values in tests: written as text, compared with text, and printed as text when an expectation fails. With gmock.
//
//   EXPECT_THAT(change.state, IsValue(R"({id: "1", title: "First", tags: null})"));
//
// Thread safety: free functions only.
#pragma once

#include <gmock/gmock.h>

#include <ostream>
#include <string>
#include <string_view>

#include "tfcpp/testing/value_of_text.h"
#include "tfcpp/value/path.h"
#include "tfcpp/value/value.h"

namespace tfcpp {

inline Value V(std::string_view text, const Type& type) { return test::ValueOfText(text, type); }

inline void PrintTo(const Value& value, std::ostream* out) { *out << value.ToString(); }
inline void PrintTo(const Type& type, std::ostream* out) { *out << type.ToJson(); }
inline void PrintTo(const Path& path, std::ostream* out) { *out << path.ToString(); }

namespace test {

// A value that is what the text says, in the value's own type.
MATCHER_P(IsValue, text, std::string("is ") + std::string(text)) { return arg == ValueOfText(text, arg.type()); }

}  // namespace test
}  // namespace tfcpp
