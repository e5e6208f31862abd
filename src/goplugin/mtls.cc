#include "goplugin/mtls.h"

#include <openssl/bio.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <array>
#include <memory>
#include <utility>
#include <vector>

namespace tfcpp::goplugin {
namespace {

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
using Bio = std::unique_ptr<BIO, Deleter<BIO_free>>;

constexpr long kBackdateSeconds = 30;
constexpr long kValidSeconds = 30L * 365 * 24 * 3600;

bool AddExtension(X509* certificate, int nid, const char* value) {
  const Extension extension(X509V3_EXT_conf_nid(nullptr, nullptr, nid, value));
  return extension != nullptr && X509_add_ext(certificate, extension.get(), -1) == 1;
}

bool SetSerial(X509* certificate) {
  std::array<unsigned char, 16> bytes{};
  if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) return false;
  bytes[0] &= 0x7f;  // positive
  BIGNUM* number = BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr);
  const bool set = number != nullptr && BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate)) != nullptr;
  BN_free(number);
  return set;
}

Certificate MakeCertificate(EVP_PKEY* key, std::chrono::system_clock::time_point now) {
  Certificate certificate(X509_new());
  X509* x509 = certificate.get();
  if (x509 == nullptr) return nullptr;
  time_t seconds = std::chrono::system_clock::to_time_t(now);
  X509_NAME* name = X509_get_subject_name(x509);
  const bool made =
      X509_set_version(x509, X509_VERSION_3) == 1 && SetSerial(x509) &&
      X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("localhost"), -1, -1,
                                 0) == 1 &&
      X509_set_issuer_name(x509, name) == 1 &&
      X509_time_adj_ex(X509_getm_notBefore(x509), 0, -kBackdateSeconds, &seconds) != nullptr &&
      X509_time_adj_ex(X509_getm_notAfter(x509), 0, kValidSeconds, &seconds) != nullptr &&
      X509_set_pubkey(x509, key) == 1 && AddExtension(x509, NID_subject_alt_name, "DNS:localhost") &&
      AddExtension(x509, NID_basic_constraints, "critical,CA:TRUE") &&
      AddExtension(x509, NID_key_usage, "critical,digitalSignature,keyEncipherment,keyAgreement,keyCertSign") &&
      AddExtension(x509, NID_ext_key_usage, "serverAuth,clientAuth") && X509_sign(x509, key, EVP_sha256()) > 0;
  if (!made) return nullptr;
  return certificate;
}

template <class Write>
std::string ToPem(const Write& write) {
  const Bio bio(BIO_new(BIO_s_mem()));
  if (bio == nullptr || write(bio.get()) != 1) return "";
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &data);
  return {data, static_cast<std::size_t>(size)};
}

std::string ToBase64(X509* certificate) {
  unsigned char* der = nullptr;
  const int size = i2d_X509(certificate, &der);
  if (size <= 0) return "";
  std::vector<unsigned char> text(static_cast<std::size_t>(4 * ((size + 2) / 3) + 1));
  const int length = EVP_EncodeBlock(text.data(), der, size);
  OPENSSL_free(der);
  std::string base64(text.begin(), text.begin() + length);
  base64.erase(base64.find_last_not_of('=') + 1);
  return base64;
}

}  // namespace

void InitOpenSsl() { OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, nullptr); }

Result<Identity> MakeIdentity(std::chrono::system_clock::time_point now) {
  const Error failed{.code = ErrorCode::kInternal, .message = "OpenSSL could not make a certificate."};
  const Key key(EVP_EC_gen("P-256"));
  if (key == nullptr) return failed;
  const Certificate certificate = MakeCertificate(key.get(), now);
  if (certificate == nullptr) return failed;
  Identity identity{.certificate_pem = ToPem([&](BIO* bio) { return PEM_write_bio_X509(bio, certificate.get()); }),
                    .private_key_pem = Secret(ToPem([&](BIO* bio) {
                      return PEM_write_bio_PrivateKey(bio, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
                    })),
                    .certificate_base64 = ToBase64(certificate.get())};
  if (identity.certificate_pem.empty() || identity.private_key_pem.empty() || identity.certificate_base64.empty())
    return failed;
  return identity;
}

}  // namespace tfcpp::goplugin
