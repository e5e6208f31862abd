// SPDX-License-Identifier: Apache-2.0
// scrypt (RFC 7914): digests of secrets that are slow and take memory to make, so that a stolen digest is a poor help
// for guessing a short secret. Source of the defaults: measured, 4 MiB and about 11 ms for one digest.
//
// Thread safety: safe to use from several threads; at most two digests are made at a time, others wait, which bounds
// the memory of a run with many resources.
#pragma once

#include <cstdint>
#include <semaphore>
#include <string>
#include <string_view>

#include "tfcpp/base/result.h"

namespace tfcpp::crypto {

struct ScryptParameters {
  std::uint64_t n = 4096;  // cost, a power of 2
  std::uint64_t r = 8;     // block size; memory is 128 * n * r bytes
  std::uint64_t p = 1;     // repetitions

  friend bool operator==(const ScryptParameters&, const ScryptParameters&) = default;
};

class Scrypt {
 public:
  explicit Scrypt(std::uint64_t max_memory = 32ULL * 1024 * 1024) : max_memory_(max_memory) {}

  // `length` raw bytes. kInvalidArgument for parameters that scrypt does not have, or that need more than that memory.
  Result<std::string> Digest(std::string_view secret, std::string_view salt, const ScryptParameters& parameters,
                             std::size_t length = 32);

 private:
  const std::uint64_t max_memory_;
  std::counting_semaphore<2> free_{2};
};

// 16 bytes from the system's random generator.
std::string RandomSalt();

}  // namespace tfcpp::crypto
