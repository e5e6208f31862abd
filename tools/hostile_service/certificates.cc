#include "certificates.h"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <stdexcept>

namespace hostile {
namespace {

constexpr long kDay = 24L * 3600;

template <auto Free>
struct Deleter {
  template <class T>
  void operator()(T* object) const {
    Free(object);
  }
};
using Key = std::unique_ptr<EVP_PKEY, Deleter<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Deleter<X509_free>>;
using Extension = std::unique_ptr<X509_EXTENSION, Deleter<X509_EXTENSION_free>>;

struct Signed {
  Key key;
  Certificate certificate;
};

void Add(X509* certificate, int nid, const char* value) {
  const Extension extension(X509V3_EXT_conf_nid(nullptr, nullptr, nid, value));
  X509_add_ext(certificate, extension.get(), -1);
}

// Valid from `begin` to `end`, seconds from now. Without an issuer it signs itself.
Signed Make(const char* name, const char* names, long begin, long end, const Signed* issuer, bool authority) {
  static long serial = 0;
  Signed made{Key(EVP_EC_gen("P-256")), Certificate(X509_new())};
  X509* x509 = made.certificate.get();
  X509_set_version(x509, X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(x509), ++serial);
  X509_NAME_add_entry_by_txt(X509_get_subject_name(x509), "CN", MBSTRING_ASC,
                             reinterpret_cast<const unsigned char*>(name), -1, -1, 0);
  X509_set_issuer_name(x509, X509_get_subject_name(issuer != nullptr ? issuer->certificate.get() : x509));
  X509_gmtime_adj(X509_getm_notBefore(x509), begin);
  X509_gmtime_adj(X509_getm_notAfter(x509), end);
  X509_set_pubkey(x509, made.key.get());
  if (authority) Add(x509, NID_basic_constraints, "critical,CA:TRUE");
  if (names != nullptr) Add(x509, NID_subject_alt_name, names);
  if (X509_sign(x509, issuer != nullptr ? issuer->key.get() : made.key.get(), EVP_sha256()) <= 0)
    throw std::runtime_error("no certificate could be made");
  return made;
}

const Signed& Authority() {
  static const Signed authority = Make("hostile authority", nullptr, -kDay, kDay, nullptr, true);
  return authority;
}

Signed MakeServer(Tls tls) {
  constexpr char kHere[] = "DNS:localhost,IP:127.0.0.1";
  switch (tls) {
    case Tls::kSelfSigned:
      return Make("localhost", kHere, -kDay, kDay, nullptr, false);
    case Tls::kExpired:
      return Make("localhost", kHere, -2 * kDay, -kDay, &Authority(), false);
    case Tls::kNotYetValid:
      return Make("localhost", kHere, kDay, 2 * kDay, &Authority(), false);
    case Tls::kOtherName:
      return Make("other.example", "DNS:other.example", -kDay, kDay, &Authority(), false);
    default:
      return Make("localhost", kHere, -kDay, kDay, &Authority(), false);
  }
}

}  // namespace

TlsContext MakeTlsContext(Tls tls) {
  TlsContext context(nullptr, &SSL_CTX_free);
  if (tls == Tls::kClear) return context;
  context.reset(SSL_CTX_new(TLS_server_method()));
  if (tls == Tls::kNoCertificate) return context;
  const Signed server = MakeServer(tls);
  SSL_CTX_use_certificate(context.get(), server.certificate.get());
  SSL_CTX_use_PrivateKey(context.get(), server.key.get());
  if (tls == Tls::kOldVersion) {
    SSL_CTX_set_min_proto_version(context.get(), TLS1_VERSION);
    SSL_CTX_set_max_proto_version(context.get(), TLS1_VERSION);
    SSL_CTX_set_security_level(context.get(), 0);
  }
  return context;
}

std::string AuthorityPem() {
  const std::unique_ptr<BIO, Deleter<BIO_free>> bio(BIO_new(BIO_s_mem()));
  PEM_write_bio_X509(bio.get(), Authority().certificate.get());
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &data);
  return {data, static_cast<std::size_t>(size)};
}

}  // namespace hostile
