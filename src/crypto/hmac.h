// SPDX-License-Identifier: Apache-2.0
// HMAC-SHA256 (RFC 2104, FIPS 180-4), and the comparison that goes with it. Pure; thread-safe.
#pragma once

#include <string>
#include <string_view>

namespace tfcpp::crypto {

// The 32 bytes of the code, raw. Keys and messages may be empty and hold any bytes.
std::string HmacSha256(std::string_view key, std::string_view message);

// Lower-case hexadecimal.
std::string ToHex(std::string_view bytes);

// Takes the same time wherever two texts of one length differ, so that a forger learns nothing from trying.
bool EqualInConstantTime(std::string_view a, std::string_view b);

}  // namespace tfcpp::crypto
