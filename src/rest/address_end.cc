// SPDX-License-Identifier: Apache-2.0
#include "rest/address_end.h"

#include <algorithm>

#include "tfcpp/base/strings.h"

namespace tfcpp::rest {
namespace {

constexpr std::string_view kAfterScheme = "://";
constexpr char kRedacted[] = "**REDACTED**";
constexpr std::size_t kShortestEnd = 8;

bool IsOfScheme(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

bool EndsAddress(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte <= 0x20 || byte == 0x7f || c == '"' || c == '<' || c == '>';
}

// `begin`: after the scheme; `end`: of the address.
AddressParts PartsOf(std::string_view text, std::size_t begin, std::size_t end) {
  const std::size_t end_of_host = std::min(text.find_first_of("/?#", begin), end);
  const std::size_t at = text.substr(begin, end_of_host - begin).rfind('@');
  return {begin, at == text.npos ? begin : begin + at + 1, end_of_host, end};
}

}  // namespace

std::vector<AddressParts> FindAddresses(std::string_view text) {
  std::vector<AddressParts> found;
  for (std::size_t at = text.find(kAfterScheme); at != text.npos; at = text.find(kAfterScheme, at)) {
    const std::size_t begin = at + kAfterScheme.size();
    const bool has_scheme = at > 0 && IsOfScheme(text[at - 1]);
    at = begin;
    if (!has_scheme) continue;
    const auto* last = std::find_if(text.begin() + begin, text.end(), EndsAddress);
    found.push_back(PartsOf(text, begin, static_cast<std::size_t>(last - text.begin())));
    at = found.back().end;
  }
  return found;
}

std::string WithHostAlone(std::string_view address) {
  const std::size_t at = address.find(kAfterScheme);
  const auto of_scheme = [&](char c) { return IsOfScheme(c) || c == '+' || c == '-' || c == '.'; };
  if (at == 0 || at == address.npos || !std::all_of(address.begin(), address.begin() + at, of_scheme)) return kRedacted;
  const AddressParts parts = PartsOf(address, at + kAfterScheme.size(), address.size());
  return Concat(address.substr(0, parts.begin), address.substr(parts.host, parts.end_of_host - parts.host),
                parts.end_of_host + 1 < parts.end ? Concat("/", kRedacted) : "");
}

std::vector<std::string> EndsOf(std::string_view address, std::size_t shortest_part) {
  std::vector<std::string> ends;
  const auto add = [&](std::string_view part, std::size_t shortest) {
    if (part.size() >= shortest) ends.emplace_back(part);
  };
  const std::size_t at = address.find(kAfterScheme);
  if (at == address.npos) return ends;
  const AddressParts parts = PartsOf(address, at + kAfterScheme.size(), address.size());
  const std::string_view end = address.substr(parts.end_of_host);
  add(end, kShortestEnd);
  constexpr std::string_view kBetween = "/?#&=;";
  for (std::size_t begin = 0; begin < end.size();) {
    const std::size_t stop = std::min(end.find_first_of(kBetween, begin), end.size());
    add(end.substr(begin, stop - begin), shortest_part);
    begin = stop + 1;
  }
  if (parts.host > parts.begin) {
    const std::string_view user = address.substr(parts.begin, parts.host - 1 - parts.begin);
    add(user, kShortestEnd);
    if (const std::size_t colon = user.find(':'); colon != user.npos) add(user.substr(colon + 1), kShortestEnd);
  }
  return ends;
}

}  // namespace tfcpp::rest
