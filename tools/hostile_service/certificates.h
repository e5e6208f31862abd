// Certificates for the TLS modes, of an authority that is made anew in each process.
#pragma once

#include <openssl/ssl.h>

#include <memory>
#include <string>

namespace hostile {

// How a server is to be distrusted. All but kClear speak TLS, for 127.0.0.1 and localhost.
enum class Tls { kClear, kGood, kSelfSigned, kExpired, kNotYetValid, kOtherName, kOldVersion, kNoCertificate };

using TlsContext = std::unique_ptr<SSL_CTX, void (*)(SSL_CTX*)>;

// Null for kClear.
TlsContext MakeTlsContext(Tls tls);
// The authority's certificate, PEM: with it in trust, kGood is trusted and nothing else is.
std::string AuthorityPem();

}  // namespace hostile
