#include "crypto/trust_store.h"

#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

namespace tfcpp::crypto {
namespace {

std::string MakeCertificate() {
  EVP_PKEY* key = EVP_EC_gen("P-256");
  X509* certificate = X509_new();
  X509_set_pubkey(certificate, key);
  X509_gmtime_adj(X509_getm_notBefore(certificate), 0);
  X509_gmtime_adj(X509_getm_notAfter(certificate), 60);
  X509_sign(certificate, key, EVP_sha256());
  BIO* out = BIO_new(BIO_s_mem());
  PEM_write_bio_X509(out, certificate);
  char* data = nullptr;
  const long size = BIO_get_mem_data(out, &data);
  std::string pem(data, static_cast<std::size_t>(size));
  BIO_free_all(out);
  X509_free(certificate);
  EVP_PKEY_free(key);
  return pem;
}

TEST(TrustStoreTest, TakesEachCertificateAndPassesOverTheRest) {
  const std::string a = MakeCertificate();
  const std::string b = MakeCertificate();
  const std::string key = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n";
  const std::string broken = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
  const std::string no_base64 = "-----BEGIN CERTIFICATE-----\n****\n-----END CERTIFICATE-----\n";
  const struct {
    std::string text;
    int certificates;
    bool all_readable;
  } kCases[] = {
      {a, 1, true},
      {"Issuer: x\n" + a + key + broken + no_base64 + b, 2, false},
      {a + "-----BEGIN CERTIFICATE-----\nMII", 1, false},
      {a + "-----BEGIN CERTIFICATE-----\nMII\n" + b, 1, false},
      {"Issuer: x\n" + a + "Issuer: y\n" + b, 2, true},
      {"", 0, true},
      {std::string("\x30\x82\0\1", 4), 0, true},
      {key, 0, true},
      {broken, 0, false},
      {no_base64, 0, false},
  };
  for (const auto& [text, certificates, all_readable] : kCases) {
    const TrustStore::Added added = TrustStore().Add(text);
    EXPECT_EQ(added.certificates, certificates) << text;
    EXPECT_EQ(added.unreadable == 0, all_readable) << text;
  }
}

}  // namespace
}  // namespace tfcpp::crypto
