// SPDX-License-Identifier: Apache-2.0
// A provider function, `provider::example::hmac_sha256_hex(secret, body)`: data and one pure function. It needs no
// configuration of the provider, and Terraform 1.8 or OpenTofu 1.7. Thread safety: called in parallel.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tfcpp/base/result.h"
#include "tfcpp/value/type.h"
#include "tfcpp/value/value.h"

namespace tfcpp {

struct FunctionParameter {
  std::string name;  // for the documentation: arguments go by position
  Type type;
  std::string description;  // Markdown
};

struct FunctionType {
  std::string name;  // without the provider's prefix
  std::vector<FunctionParameter> parameters;
  Type result;
  std::string summary;      // one line
  std::string description;  // Markdown
  // Gets one argument for each parameter, known and not null: Terraform refuses null, and answers unknown by itself.
  // Its result is wholly known and of the type above; it may be null.
  // The error's message is shown to the user; it never repeats an argument, which may be a secret.
  std::function<Result<Value>(const std::vector<Value>& arguments)> call;
};

}  // namespace tfcpp
