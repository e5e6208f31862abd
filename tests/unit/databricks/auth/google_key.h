// A service account's key as Google gives it, and an ID token as Google answers with it.
#pragma once

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include <string>

#include "tfcpp/base/base64.h"
#include "tfcpp/base/strings.h"
#include "tfcpp/json/json.h"

namespace tfcpp::databricks {

inline std::string NewKey() {
  EVP_PKEY* key = EVP_RSA_gen(2048);
  BIO* out = BIO_new(BIO_s_mem());
  PEM_write_bio_PrivateKey(out, key, nullptr, nullptr, 0, nullptr, nullptr);
  char* data = nullptr;
  const long size = BIO_get_mem_data(out, &data);
  std::string pem(data, static_cast<std::size_t>(size));
  BIO_free_all(out);
  EVP_PKEY_free(key);
  return pem;
}

inline std::string KeyFile(const std::string& token_uri, const std::string& pem) {
  return Json::Object({{"type", Json::String("service_account")},
                       {"client_email", Json::String("sa@p.iam")},
                       {"private_key_id", Json::String("k1")},
                       {"private_key", Json::String(pem)},
                       {"token_uri", Json::String(token_uri)}})
      .Write();
}

// An ID token that ends at 1767229200.
inline std::string Jwt() { return Concat("canary.", Base64Url(R"({"exp":1767229200})"), ".x"); }

}  // namespace tfcpp::databricks
