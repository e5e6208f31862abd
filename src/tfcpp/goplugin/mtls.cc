// SPDX-License-Identifier: Apache-2.0
#include "tfcpp/goplugin/mtls.h"

#include <openssl/bio.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <array>
#include <memory>
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

// A P-256 key as the two structures around it want it. Written out here, because OpenSSL 3.0 finds its own encoders by
// a search that costs a fifth of this program's start.
struct RawKey {
  std::array<unsigned char, 32> scalar;  // private
  std::array<unsigned char, 65> point;   // public, uncompressed
  ~RawKey() { OPENSSL_cleanse(scalar.data(), scalar.size()); }
};

// RFC 5915 (SEC 1): SEQUENCE { 1, OCTET STRING scalar, [0] { prime256v1 }, [1] { BIT STRING point } }.
constexpr std::array<unsigned char, 7> kBeforeScalar{0x30, 0x77, 0x02, 0x01, 0x01, 0x04, 0x20};
constexpr std::array<unsigned char, 17> kBeforePoint{0xa0, 0x0a, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d,
                                                     0x03, 0x01, 0x07, 0xa1, 0x44, 0x03, 0x42, 0x00};

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

bool GetRawKey(const EVP_PKEY* key, RawKey& raw) {
  BIGNUM* scalar = nullptr;
  std::size_t size = 0;
  const bool got =
      EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_PRIV_KEY, &scalar) == 1 &&
      BN_bn2binpad(scalar, raw.scalar.data(), static_cast<int>(raw.scalar.size())) > 0 &&
      EVP_PKEY_get_octet_string_param(key, OSSL_PKEY_PARAM_PUB_KEY, raw.point.data(), raw.point.size(), &size) == 1 &&
      size == raw.point.size();
  BN_clear_free(scalar);
  return got;
}

// RFC 5480: ecPublicKey on prime256v1. The certificate owns the copy of the point from here on.
bool SetPublicKey(X509* certificate, const RawKey& raw) {
  auto* point = static_cast<unsigned char*>(OPENSSL_memdup(raw.point.data(), raw.point.size()));
  if (point == nullptr) return false;
  const bool set =
      X509_PUBKEY_set0_param(X509_get_X509_PUBKEY(certificate), OBJ_nid2obj(NID_X9_62_id_ecPublicKey), V_ASN1_OBJECT,
                             OBJ_nid2obj(NID_X9_62_prime256v1), point, static_cast<int>(raw.point.size())) == 1;
  if (!set) OPENSSL_free(point);
  return set;
}

Certificate MakeCertificate(EVP_PKEY* key, const RawKey& raw, std::chrono::system_clock::time_point now) {
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
      X509_time_adj_ex(X509_getm_notAfter(x509), 0, kValidSeconds, &seconds) != nullptr && SetPublicKey(x509, raw) &&
      AddExtension(x509, NID_subject_alt_name, "DNS:localhost") &&
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

std::string ToPem(const RawKey& raw) {
  std::vector<unsigned char> der;
  der.reserve(kBeforeScalar.size() + raw.scalar.size() + kBeforePoint.size() + raw.point.size());
  der.insert(der.end(), kBeforeScalar.begin(), kBeforeScalar.end());
  der.insert(der.end(), raw.scalar.begin(), raw.scalar.end());
  der.insert(der.end(), kBeforePoint.begin(), kBeforePoint.end());
  der.insert(der.end(), raw.point.begin(), raw.point.end());
  std::string pem = ToPem([&](BIO* bio) {
    return PEM_write_bio(bio, "EC PRIVATE KEY", "", der.data(), static_cast<long>(der.size())) > 0 ? 1 : 0;
  });
  OPENSSL_cleanse(der.data(), der.size());
  return pem;
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

Result<KeyPair> MakeKeyPair(std::chrono::system_clock::time_point now) {
  const Error failed{.code = ErrorCode::kInternal, .message = "OpenSSL could not make a certificate."};
  const Key key(EVP_EC_gen("P-256"));
  if (key == nullptr) return failed;
  RawKey raw;
  if (!GetRawKey(key.get(), raw)) return failed;
  const Certificate certificate = MakeCertificate(key.get(), raw, now);
  if (certificate == nullptr) return failed;
  KeyPair pair{.certificate_pem = ToPem([&](BIO* bio) { return PEM_write_bio_X509(bio, certificate.get()); }),
               .private_key_pem = Secret(ToPem(raw)),
               .certificate_base64 = ToBase64(certificate.get())};
  if (pair.certificate_pem.empty() || pair.private_key_pem.empty() || pair.certificate_base64.empty()) return failed;
  return pair;
}

Result<void> CheckCertificate(const std::string& pem) {
  const Bio bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  if (Certificate(PEM_read_bio_X509_AUX(bio.get(), nullptr, nullptr, nullptr)) != nullptr) return {};
  const char* reason = ERR_reason_error_string(ERR_peek_last_error());
  Error error{.code = ErrorCode::kInvalidArgument, .message = reason != nullptr ? reason : "unreadable"};
  ERR_clear_error();
  return error;
}

}  // namespace tfcpp::goplugin
