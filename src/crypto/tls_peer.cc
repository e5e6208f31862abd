// SPDX-License-Identifier: Apache-2.0
#include "crypto/tls_peer.h"

#include <openssl/ssl.h>

namespace tfcpp::crypto {

// A client gets a server's signature algorithms in the request for a certificate, and nowhere else.
bool AskedForCertificate(void* ssl) {
  constexpr int kCountThem = -1;
  return SSL_get_sigalgs(static_cast<SSL*>(ssl), kCountThem, nullptr, nullptr, nullptr, nullptr, nullptr) > 0;
}

}  // namespace tfcpp::crypto
