// SPDX-License-Identifier: Apache-2.0
// IP addresses as numbers, so that all spellings of one are equal. Pure; thread-safe.
#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace tfcpp {

// In the order of the network. IPv4 as ::ffff:a.b.c.d.
using IpAddress = std::array<unsigned char, 16>;

// "10.0.0.1", "2001:db8::1", without brackets, port and zone. Nullopt for anything else, "127.1" and names among it.
std::optional<IpAddress> ParseIpAddress(std::string_view text);

bool IsIpv4(const IpAddress& address);
// 127.0.0.0/8 and ::1.
bool IsLoopback(const IpAddress& address);

}  // namespace tfcpp
