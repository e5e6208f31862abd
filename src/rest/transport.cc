// SPDX-License-Identifier: Apache-2.0
#include "rest/transport.h"

#include <stdexcept>

#include "tfcpp/base/strings.h"

namespace tfcpp::rest {

std::string_view ToString(Method method) {
  switch (method) {
    case Method::kGet:
      return "GET";
    case Method::kPost:
      return "POST";
    case Method::kPut:
      return "PUT";
    case Method::kPatch:
      return "PATCH";
    case Method::kDelete:
      return "DELETE";
  }
  throw std::logic_error("http: no such method");
}

std::optional<std::string> FindHeader(const std::vector<Header>& headers, std::string_view name) {
  for (const Header& header : headers) {
    if (EqualsIgnoreCase(header.name, name)) return header.value;
  }
  return std::nullopt;
}

}  // namespace tfcpp::rest
