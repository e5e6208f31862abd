// SPDX-License-Identifier: Apache-2.0
#include "tfcpp/base/ip_address.h"

#include <arpa/inet.h>

#include <algorithm>
#include <string>

namespace tfcpp {
namespace {

constexpr IpAddress kMappedIpv4 = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
constexpr IpAddress kLoopback = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
constexpr std::size_t kIpv4At = 12;

}  // namespace

std::optional<IpAddress> ParseIpAddress(std::string_view text) {
  if (text.find('\0') != text.npos) return std::nullopt;  // inet_pton looks no further
  const std::string terminated(text);
  IpAddress address = kMappedIpv4;
  if (inet_pton(AF_INET, terminated.c_str(), address.data() + kIpv4At) == 1) return address;
  if (inet_pton(AF_INET6, terminated.c_str(), address.data()) == 1) return address;
  return std::nullopt;
}

bool IsIpv4(const IpAddress& address) {
  return std::equal(address.begin(), address.begin() + kIpv4At, kMappedIpv4.begin());
}

bool IsLoopback(const IpAddress& address) {
  return address == kLoopback || (IsIpv4(address) && address[kIpv4At] == 127);
}

}  // namespace tfcpp
