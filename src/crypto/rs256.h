// SPDX-License-Identifier: Apache-2.0
// RS256 (RFC 7518): RSASSA-PKCS1-v1_5 with SHA-256, the signature of JSON Web Tokens that sign in to Google. Pure;
// thread-safe.
#pragma once

#include <string>
#include <string_view>

#include "tfcpp/base/result.h"
#include "tfcpp/base/secret.h"

namespace tfcpp::crypto {

// The raw signature of `message` with an unencrypted RSA private key in PEM (PKCS#8 or PKCS#1). Fails with
// kInvalidArgument for a text that holds no such key; the error never shows it.
Result<std::string> SignRs256(const Secret& private_key_pem, std::string_view message);

}  // namespace tfcpp::crypto
