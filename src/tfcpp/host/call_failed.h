// SPDX-License-Identifier: Apache-2.0
// CallFailed: a provider that gave no answer to a call, or none that can be read: its process is gone, the time is up,
// a value is of another type. Not an error that it told: that is a diagnostic.
#pragma once

#include <stdexcept>

#include "tfcpp/base/result.h"

namespace tfcpp::host {

class CallFailed : public std::runtime_error {
 public:
  // Of the codes, kMalformed says that there was an answer, and kUnimplemented that the provider has no such call.
  explicit CallFailed(const Error& error) : std::runtime_error(error.message), code_(error.code) {}
  ErrorCode code() const { return code_; }

 private:
  ErrorCode code_;
};

}  // namespace tfcpp::host
