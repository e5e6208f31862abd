// Headers as inputs write them: `Name: value|Name: value`.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rest/transport.h"
#include "tfcpp/base/strings.h"

namespace fuzz {

inline std::vector<tfcpp::rest::Header> HeadersOf(std::string_view text) {
  std::vector<tfcpp::rest::Header> headers;
  for (const std::string_view line : tfcpp::Split(text, '|')) {
    const std::size_t colon = line.find(':');
    const std::string_view value = colon == line.npos ? std::string_view() : line.substr(colon + 1);
    headers.push_back({std::string(line.substr(0, colon)), std::string(tfcpp::Trim(value))});
  }
  return headers;
}

}  // namespace fuzz
