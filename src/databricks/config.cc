#include "databricks/config.h"

#include <algorithm>
#include <utility>

#include "base/strings.h"

namespace tfcpp::databricks {
namespace {

Error BadHost(std::string_view what) {
  return {.code = ErrorCode::kInvalidArgument,
          .message =
              Concat("host (DATABRICKS_HOST) ", what, ". It should look like https://example.cloud.databricks.com.")};
}

std::optional<std::string> FirstSet(const std::optional<std::string>& block, const Environment& environment,
                                    std::string_view variable) {
  if (block.has_value() && !block->empty()) return block;
  auto value = environment(variable);
  if (value.has_value() && value->empty()) value.reset();
  return value;
}

bool IsHostCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
}

bool IsHostName(std::string_view name) {
  if (name.size() > 2 && name.front() == '[' && name.back() == ']') {
    return std::all_of(name.begin() + 1, name.end() - 1,
                       [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || c == ':' || c == '.'; });
  }
  return !name.empty() && std::all_of(name.begin(), name.end(), IsHostCharacter);
}

bool IsPort(std::string_view port) {
  return !port.empty() && port.size() <= 5 &&
         std::all_of(port.begin(), port.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

Result<std::string> NormaliseHost(std::string_view text) {
  const std::string lower = ToLower(Trim(text));
  std::string_view rest = lower;
  std::string_view scheme = "https";
  if (const auto end = rest.find("://"); end != rest.npos) {
    scheme = rest.substr(0, end);
    rest.remove_prefix(end + 3);
  }
  if (scheme != "https" && scheme != "http") return BadHost("is neither an https nor an http address");
  std::string_view authority = rest.substr(0, rest.find_first_of("/?#"));
  if (authority.find('@') != authority.npos) return BadHost("must not carry a user name or password");

  const std::size_t bracket = authority.find(']');
  const std::size_t colon = authority.find(':', bracket == authority.npos ? 0 : bracket);
  const std::string_view name = authority.substr(0, colon);
  if (!IsHostName(name)) return BadHost("has no host name");
  if (colon == authority.npos) return Concat(scheme, "://", name);
  const std::string_view port = authority.substr(colon + 1);
  if (!IsPort(port)) return BadHost("has no proper port");
  const bool is_default = (scheme == "https" && port == "443") || (scheme == "http" && port == "80");
  return is_default ? Concat(scheme, "://", name) : Concat(scheme, "://", name, ":", port);
}

Result<Config> Resolve(const ConfigInput& input, const Environment& environment) {
  Config config;
  if (const auto host = FirstSet(input.host, environment, "DATABRICKS_HOST")) {
    TFCPP_ASSIGN_OR_RETURN(config.host, NormaliseHost(*host));
  }
  const auto block_token = input.token.has_value() ? std::optional(input.token->Reveal()) : std::nullopt;
  if (auto token = FirstSet(block_token, environment, "DATABRICKS_TOKEN")) config.token = Secret(*std::move(token));
  if (!config.token.empty()) config.auth_type = "pat";
  // An explicit 0 is a value, not "unset".
  if (input.http_timeout_seconds.has_value()) config.http_timeout = std::chrono::seconds(*input.http_timeout_seconds);
  if (input.retry_timeout_seconds.has_value())
    config.retry_timeout = std::chrono::seconds(*input.retry_timeout_seconds);
  return config;
}

}  // namespace tfcpp::databricks
