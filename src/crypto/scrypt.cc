// SPDX-License-Identifier: Apache-2.0
#include "crypto/scrypt.h"

#include <openssl/evp.h>
#include <openssl/rand.h>

#include <stdexcept>

namespace tfcpp::crypto {
namespace {

// Holds one of the semaphore's places.
class Place {
 public:
  explicit Place(std::counting_semaphore<2>& places) : places_(places) { places_.acquire(); }
  ~Place() { places_.release(); }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;

 private:
  std::counting_semaphore<2>& places_;
};

}  // namespace

Result<std::string> Scrypt::Digest(std::string_view secret, std::string_view salt, const ScryptParameters& parameters,
                                   std::size_t length) {
  const Place place(free_);
  std::string digest(length, '\0');
  const int done = EVP_PBE_scrypt(secret.data(), secret.size(), reinterpret_cast<const unsigned char*>(salt.data()),
                                  salt.size(), parameters.n, parameters.r, parameters.p, max_memory_,
                                  reinterpret_cast<unsigned char*>(digest.data()), digest.size());
  if (done != 1) {
    return Error{.code = ErrorCode::kInvalidArgument, .message = "scrypt refuses these parameters"};
  }
  return digest;
}

std::string RandomSalt() {
  std::string salt(16, '\0');
  if (RAND_bytes(reinterpret_cast<unsigned char*>(salt.data()), static_cast<int>(salt.size())) != 1) {
    throw std::logic_error("OpenSSL has no random numbers");
  }
  return salt;
}

}  // namespace tfcpp::crypto
