// The certificates in a text, whatever else stands in it. Pure; thread-safe.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tfcpp::crypto {

// Each certificate in PEM form, as it stands in the text, with a line end after it. Left out: everything that is none, a
// block that OpenSSL cannot read among it.
std::vector<std::string> CertificatesIn(std::string_view text);

}  // namespace tfcpp::crypto
