// SPDX-License-Identifier: Apache-2.0
// MaskNumbers: RapidJSON refuses a number beyond the range of a double (1e400), even where it hands numbers on as text.
// Json::Parse then parses a text in which every number is masked, and finds the real ones in their old places.
//
// Pure; thread-safe.
#pragma once

#include <string>
#include <string_view>

namespace tfcpp {

// What a number is made of.
inline constexpr std::string_view kNumberCharacters = "+-.eE0123456789";

// Each number replaced by 0 and spaces, so that offsets stay. What is no well-formed number stays as it is, for the
// parser to refuse.
std::string MaskNumbers(std::string_view json);

}  // namespace tfcpp
