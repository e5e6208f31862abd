// PEM texts as OpenSSL's objects. Null when the text is not what it should be.
#pragma once

#include <openssl/pem.h>

#include <memory>
#include <string>

namespace workspace {

template <auto Free>
struct OpenSslDeleter {
  template <class T>
  void operator()(T* object) const {
    Free(object);
  }
};
using Certificate = std::unique_ptr<X509, OpenSslDeleter<X509_free>>;
using Key = std::unique_ptr<EVP_PKEY, OpenSslDeleter<EVP_PKEY_free>>;

template <class Object, class Read>
Object FromPem(const std::string& pem, Read read) {
  const std::unique_ptr<BIO, OpenSslDeleter<BIO_free>> bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  return Object(read(bio.get(), nullptr, nullptr, nullptr));
}
inline Certificate ReadCertificate(const std::string& pem) { return FromPem<Certificate>(pem, PEM_read_bio_X509); }
inline Key ReadKey(const std::string& pem) { return FromPem<Key>(pem, PEM_read_bio_PrivateKey); }

}  // namespace workspace
