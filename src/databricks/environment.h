// The process's environment variables, as a function, so that nothing but main.cc reads the real ones.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/strings.h"

namespace tfcpp::databricks {

// Looks up a variable; nullopt when it is not set. Thread safety: safe to call from several threads.
using Environment = std::function<std::optional<std::string>(std::string_view name)>;

// A variable without the blanks and line ends at its ends, which come from files that were read whole. One of nothing
// else counts as not set, because pipelines define variables that they have no value for.
inline std::optional<std::string> FindVariable(const Environment& environment, std::string_view name) {
  const auto value = environment(name);
  if (!value.has_value() || Trim(*value).empty()) return std::nullopt;
  return std::string(Trim(*value));
}

}  // namespace tfcpp::databricks
