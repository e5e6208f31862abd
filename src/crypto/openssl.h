// SPDX-License-Identifier: Apache-2.0
// OpenSSL's objects with owners. For the sources of this layer. Thread safety: as OpenSSL's: one thread at a time for
// each object.
#pragma once

#include <openssl/bio.h>

#include <memory>
#include <string_view>

namespace tfcpp::crypto {

template <auto Function>
struct Free {
  template <class T>
  void operator()(T* object) const {
    Function(object);
  }
};

// Reads from `text`, which must outlive it.
inline std::unique_ptr<BIO, Free<BIO_free_all>> ReaderOf(std::string_view text) {
  return std::unique_ptr<BIO, Free<BIO_free_all>>(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

}  // namespace tfcpp::crypto
