// SPDX-License-Identifier: Apache-2.0
// TrustStore: the certificate authorities that TLS connections trust, parsed once and shared by all of them.
//
// libcurl by itself would copy a text of authorities twice for each connection, half a megabyte with those of a
// distribution, and parse it for each. Thread safety: filled by one thread; then immutable, and safe to use from
// several.
#pragma once

#include <memory>
#include <string_view>

struct x509_store_st;  // OpenSSL's X509_STORE

namespace tfcpp::crypto {

class TrustStore {
 public:
  TrustStore();
  ~TrustStore();
  TrustStore(TrustStore&&) noexcept;
  TrustStore& operator=(TrustStore&&) noexcept;

  struct Added {
    int certificates = 0;
    int unreadable = 0;  // blocks that begin as PEM does and are torn, or not what they say
  };
  // Adds each certificate in PEM form that stands in a text. What is none is passed over.
  Added Add(std::string_view text);

  // Makes a connection that is being set up trust these, and nobody else. `ssl_ctx` is its SSL_CTX. False: there is no
  // memory.
  bool UseIn(void* ssl_ctx) const;

 private:
  struct Free {
    void operator()(x509_store_st* store) const;
  };
  std::unique_ptr<x509_store_st, Free> store_;
};

}  // namespace tfcpp::crypto
