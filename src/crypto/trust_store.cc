// SPDX-License-Identifier: Apache-2.0
#include "crypto/trust_store.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <new>

#include "crypto/openssl.h"

namespace tfcpp::crypto {

void TrustStore::Free::operator()(x509_store_st* store) const { X509_STORE_free(store); }

TrustStore::TrustStore() : store_(X509_STORE_new()) {
  if (store_ == nullptr) throw std::bad_alloc();
  // As libcurl has it: an authority that is trusted need not be a root.
  X509_STORE_set_flags(store_.get(), X509_V_FLAG_PARTIAL_CHAIN);
}
TrustStore::~TrustStore() = default;
TrustStore::TrustStore(TrustStore&&) noexcept = default;
TrustStore& TrustStore::operator=(TrustStore&&) noexcept = default;

TrustStore::Added TrustStore::Add(std::string_view text) {
  const auto reader = ReaderOf(text);
  Added added;
  for (bool more = true; more;) {
    const std::unique_ptr<X509, crypto::Free<X509_free>> certificate(
        PEM_read_bio_X509_AUX(reader.get(), nullptr, nullptr, nullptr));
    if (certificate != nullptr) {
      added.certificates += X509_STORE_add_cert(store_.get(), certificate.get());
    } else if (ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE) {
      more = false;
    } else {
      ++added.unreadable;
    }
    ERR_clear_error();  // this thread's queue is shared with TLS, which would read our failures as its own
  }
  return added;
}

bool TrustStore::UseIn(void* ssl_ctx) const {
  return SSL_CTX_set1_verify_cert_store(static_cast<SSL_CTX*>(ssl_ctx), store_.get()) == 1;
}

}  // namespace tfcpp::crypto
