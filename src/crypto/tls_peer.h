// SPDX-License-Identifier: Apache-2.0
// What is known of the other end of a TLS connection. Pure; thread-safe as the connection is.
#pragma once

namespace tfcpp::crypto {

// Whether the server has asked for a certificate of the client, who may have had one or none. `ssl` is the client's
// SSL, after its handshake.
bool AskedForCertificate(void* ssl);

}  // namespace tfcpp::crypto
