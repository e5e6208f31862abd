// SPDX-License-Identifier: Apache-2.0
#include "tfcpp/json/number_mask.h"

#include <algorithm>

namespace tfcpp {
namespace {

constexpr std::string_view kDigits = "0123456789";

bool TakeOneOf(std::string_view& text, std::string_view characters) {
  if (text.empty() || characters.find(text.front()) == characters.npos) return false;
  text.remove_prefix(1);
  return true;
}

std::size_t TakeDigits(std::string_view& text) {
  const std::size_t count = std::min(text.find_first_not_of(kDigits), text.size());
  text.remove_prefix(count);
  return count;
}

// RFC 8259, section 6.
bool IsNumber(std::string_view text) {
  TakeOneOf(text, "-");
  const bool leading_zero = !text.empty() && text.front() == '0';
  const std::size_t whole = TakeDigits(text);
  if (whole == 0 || (leading_zero && whole > 1)) return false;
  if (TakeOneOf(text, ".") && TakeDigits(text) == 0) return false;
  if (TakeOneOf(text, "eE")) {
    TakeOneOf(text, "+-");
    if (TakeDigits(text) == 0) return false;
  }
  return text.empty();
}

// The position after the string that begins at `at`.
std::size_t SkipString(std::string_view json, std::size_t at) {
  for (++at; at < json.size() && json[at] != '"'; ++at) {
    if (json[at] == '\\') ++at;
  }
  return at + 1;
}

}  // namespace

std::string MaskNumbers(std::string_view json) {
  std::string masked(json);
  for (std::size_t at = 0; at < json.size();) {
    if (json[at] == '"') {
      at = SkipString(json, at);
    } else if (json[at] == '-' || kDigits.find(json[at]) != kDigits.npos) {
      const std::size_t end = std::min(json.find_first_not_of(kNumberCharacters, at), json.size());
      const std::string_view token = json.substr(at, end - at);
      if (IsNumber(token)) {
        masked[at] = '0';
        std::fill_n(masked.begin() + static_cast<std::ptrdiff_t>(at) + 1, token.size() - 1, ' ');
      }
      at = end;
    } else {
      ++at;
    }
  }
  return masked;
}

}  // namespace tfcpp
