#include "crypto/rs256.h"

#include <gtest/gtest.h>
#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

namespace tfcpp::crypto {
namespace {

std::string Pem(EVP_PKEY* key) {
  BIO* out = BIO_new(BIO_s_mem());
  PEM_write_bio_PrivateKey(out, key, nullptr, nullptr, 0, nullptr, nullptr);
  char* data = nullptr;
  const long size = BIO_get_mem_data(out, &data);
  std::string pem(data, static_cast<std::size_t>(size));
  BIO_free_all(out);
  return pem;
}

TEST(SignRs256Test, MakesASignatureThatTheKeyVerifies) {
  EVP_PKEY* key = EVP_RSA_gen(2048);
  const auto signature = SignRs256(Secret(Pem(key)), "header.claims");
  ASSERT_TRUE(signature.has_value());
  EVP_MD_CTX* digest = EVP_MD_CTX_new();
  EVP_DigestVerifyInit(digest, nullptr, EVP_sha256(), nullptr, key);
  const std::string message = "header.claims";
  EXPECT_EQ(EVP_DigestVerify(digest, reinterpret_cast<const unsigned char*>(signature->data()), signature->size(),
                             reinterpret_cast<const unsigned char*>(message.data()), message.size()),
            1);
  EVP_MD_CTX_free(digest);
  EVP_PKEY_free(key);
}

TEST(SignRs256Test, RefusesWhatIsNoRsaKeyAndDoesNotShowIt) {
  EVP_PKEY* elliptic = EVP_EC_gen("P-256");
  for (const std::string& key : {std::string("canary"), std::string(), Pem(elliptic)}) {
    const auto signature = SignRs256(Secret(key), "m");
    ASSERT_FALSE(signature.has_value());
    EXPECT_EQ(signature.error().message, "it is no unencrypted RSA private key in PEM form");
  }
  EVP_PKEY_free(elliptic);
}

}  // namespace
}  // namespace tfcpp::crypto
