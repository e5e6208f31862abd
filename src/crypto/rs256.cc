// SPDX-License-Identifier: Apache-2.0
#include "crypto/rs256.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <memory>

#include "crypto/openssl.h"

namespace tfcpp::crypto {
namespace {

// OpenSSL would ask for the passphrase of an encrypted key at the terminal.
int NoPassphrase(char*, int, int, void*) { return 0; }

}  // namespace

Result<std::string> SignRs256(const Secret& private_key_pem, std::string_view message) {
  const auto text = ReaderOf(private_key_pem.Reveal());
  const std::unique_ptr<EVP_PKEY, Free<EVP_PKEY_free>> key(
      PEM_read_bio_PrivateKey(text.get(), nullptr, NoPassphrase, nullptr));
  ERR_clear_error();  // this thread's queue is shared with TLS, which would read our failures as its own
  if (key == nullptr || EVP_PKEY_get_base_id(key.get()) != EVP_PKEY_RSA) {
    return Error{.code = ErrorCode::kInvalidArgument, .message = "it is no unencrypted RSA private key in PEM form"};
  }
  const std::unique_ptr<EVP_MD_CTX, Free<EVP_MD_CTX_free>> digest(EVP_MD_CTX_new());
  const auto* bytes = reinterpret_cast<const unsigned char*>(message.data());
  std::size_t size = 0;
  const bool sized = EVP_DigestSignInit(digest.get(), nullptr, EVP_sha256(), nullptr, key.get()) == 1 &&
                     EVP_DigestSign(digest.get(), nullptr, &size, bytes, message.size()) == 1;
  std::string signature(size, '\0');
  const bool done = sized && EVP_DigestSign(digest.get(), reinterpret_cast<unsigned char*>(signature.data()), &size,
                                            bytes, message.size()) == 1;
  ERR_clear_error();
  if (!done) return Error{.code = ErrorCode::kInternal, .message = "OpenSSL could not sign with the private key"};
  signature.resize(size);
  return signature;
}

}  // namespace tfcpp::crypto
