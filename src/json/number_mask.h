// MaskNumbers: RapidJSON refuses a number beyond the range of a double (1e400), even where it hands numbers on as text.
// Json::Parse then parses a text in which every number is masked, and puts the real ones back.
//
// Pure; thread-safe.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tfcpp {

struct MaskedNumbers {
  std::string text;                       // each number replaced by 0 and spaces, so that offsets stay
  std::vector<std::string_view> numbers;  // in their order; they refer to the original text
};

// What is no well-formed number stays as it is, for the parser to refuse.
MaskedNumbers MaskNumbers(std::string_view json);

}  // namespace tfcpp
