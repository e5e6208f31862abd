// SPDX-License-Identifier: Apache-2.0
#include <cstdlib>

#include "tfcpp/program/serve.h"

namespace tfcpp {

std::optional<std::string> ReadEnvironment(std::string_view name) {
  const char* value = std::getenv(std::string(name).c_str());
  return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

}  // namespace tfcpp
