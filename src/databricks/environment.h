// The process's environment variables, as a function, so that nothing but main.cc reads the real ones.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace tfcpp::databricks {

// Looks up a variable; nullopt when it is not set. Thread safety: safe to call from several threads.
using Environment = std::function<std::optional<std::string>(std::string_view name)>;

// An empty variable counts as not set, because pipelines define variables that they have no value for.
inline std::optional<std::string> FindVariable(const Environment& environment, std::string_view name) {
  auto value = environment(name);
  if (value.has_value() && value->empty()) value.reset();
  return value;
}

}  // namespace tfcpp::databricks
