// SPDX-License-Identifier: Apache-2.0
#include "tfcpp/framework/planned_private.h"

#include <charconv>
#include <cstddef>

#include "tfcpp/base/strings.h"

namespace tfcpp {
namespace {

// Before a decision and the private data: this, the length of the decision, and a colon.
constexpr std::string_view kMark = "decision:";

}  // namespace

std::string Pack(const PlannedPrivate& parts) {
  if (parts.decision.empty() && !parts.private_data.starts_with(kMark)) return parts.private_data;
  return Concat(kMark, std::to_string(parts.decision.size()), ":", parts.decision, parts.private_data);
}

PlannedPrivate Unpack(std::string_view bytes) {
  PlannedPrivate plain{.private_data = std::string(bytes)};
  if (!bytes.starts_with(kMark)) return plain;
  const std::string_view rest = bytes.substr(kMark.size());
  std::size_t length = 0;
  const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), length);
  const auto digits = static_cast<std::size_t>(end - rest.data());
  if (error != std::errc() || digits == rest.size() || rest[digits] != ':') return plain;
  const std::string_view parts = rest.substr(digits + 1);
  if (length > parts.size()) return plain;
  return {.private_data = std::string(parts.substr(length)), .decision = std::string(parts.substr(0, length))};
}

}  // namespace tfcpp
