// SPDX-License-Identifier: Apache-2.0
// Base64 (RFC 4648): the padded form of HTTP Basic, and the URL form without padding that JSON Web Tokens use. Pure;
// thread-safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tfcpp {

std::string Base64(std::string_view bytes);
std::string Base64Url(std::string_view bytes);
// Reads the URL form, with or without padding; nullopt for anything else.
std::optional<std::string> DecodeBase64Url(std::string_view text);

}  // namespace tfcpp
