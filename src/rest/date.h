// SPDX-License-Identifier: Apache-2.0
// Dates in HTTP headers. Pure; thread-safe.
#pragma once

#include <chrono>
#include <optional>
#include <string>

namespace tfcpp::rest {

// RFC 9110's preferred form, the only one that servers of today send: "Sun, 06 Nov 1994 08:49:37 GMT".
std::optional<std::chrono::sys_seconds> ParseHttpDate(const std::string& text);

}  // namespace tfcpp::rest
