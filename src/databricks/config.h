// How to reach and sign in to a workspace: a table of attributes, each with its environment variable, resolved from the
// provider block, then the environment. (The profile file and more methods than a token come as rows and files here.)
//
// Pure: the environment is passed in. Thread safety: value types.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/secret.h"

namespace tfcpp::databricks {

// Looks up an environment variable; nullopt when it is not set. main.cc passes a copy of the process's own.
using Environment = std::function<std::optional<std::string>(std::string_view name)>;

// What stands in the provider block. Empty strings count as unset, because `token = var.token` with an empty default is
// common.
struct ConfigInput {
  std::optional<std::string> host;
  std::optional<Secret> token;
  std::optional<std::int64_t> http_timeout_seconds;
  std::optional<std::int64_t> retry_timeout_seconds;
};

struct Config {
  std::string host;       // normalised: scheme and authority only, lower case, no slash at the end; empty: not set
  Secret token;           // empty: not set
  std::string auth_type;  // "pat"; empty: no method applies
  std::chrono::seconds http_timeout{60};
  std::chrono::seconds retry_timeout{300};
};

// Fails only for what is wrong as such (a host that is no host name).
Result<Config> Resolve(const ConfigInput& input, const Environment& environment);

// "Example.cloud.databricks.com/?o=1" becomes "https://example.cloud.databricks.com". Fails (kInvalidArgument) for what
// has no host name, has user information, or is neither https nor http.
Result<std::string> NormaliseHost(std::string_view text);

}  // namespace tfcpp::databricks
