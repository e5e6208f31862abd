// The login of the Databricks CLI: `databricks auth login` once, and the CLI gives tokens from then on.
#include <array>
#include <cstdio>
#include <filesystem>

#include "databricks/attributes.h"
#include "databricks/auth/cli.h"
#include "databricks/auth/strategies.h"
#include "databricks/auth/token_call.h"
#include "databricks/auth/token_source.h"
#include "databricks/host.h"
#include "tfcpp/base/process.h"
#include "tfcpp/base/strings.h"

namespace tfcpp::databricks {
namespace {

using Version = std::array<int, 3>;

constexpr Version kKnowsProfiles{0, 207, 1};
constexpr Version kKnowsForceRefresh{0, 296, 0};
// The tool before 0.100 was a Python script of the same name, which knows no `auth token`; the CLI is a large binary.
constexpr std::uintmax_t kSmallestCli = 1u << 20;

std::string NameOf(const Config& config) {
  return config.databricks_cli_path.empty() ? "databricks" : config.databricks_cli_path;
}

std::optional<Obstacle> FindObstacle(const Config& config, const Environment& environment) {
  const bool begun = config.IsSet("databricks_cli_path") || config.IsSet("profile");
  if (auto unset = FindUnset(config, {"host"})) return Obstacle{unset->why, begun};
  if (const auto scopes = config.sources.find("scopes");
      scopes != config.sources.end() && scopes->second == kFromBlock) {
    return Obstacle{"scopes is set, and the CLI's login has scopes of its own", begun};
  }
  const auto program = FindProgram(NameOf(config), environment);
  if (!program.has_value()) {
    return Obstacle{config.databricks_cli_path.empty() ? "the Databricks CLI is not in PATH"
                                                       : Concat(Spell("databricks_cli_path"), " leads to no program"),
                    begun};
  }
  std::error_code unreadable;
  if (const auto size = std::filesystem::file_size(*program, unreadable); !unreadable && size < kSmallestCli) {
    return Obstacle{Concat(*program, " is the old Python CLI; install version 0.207.1 or later"), begun};
  }
  return std::nullopt;
}

// Development builds and unknown texts count as the oldest.
Version VersionIn(const std::string& text) {
  Version version{};
  const auto at = text.find('v');
  if (at == std::string::npos ||
      std::sscanf(text.c_str() + at, "v%d.%d.%d", &version[0], &version[1], &version[2]) != 3) {
    return {};
  }
  return version;
}

Result<AccessToken> Fetch(const Context& context, const SignInTools& tools) {
  const Config& config = tools.config;
  const auto program = FindProgram(NameOf(config), tools.environment);
  if (!program.has_value()) return Error{.code = ErrorCode::kNotFound, .message = "the Databricks CLI is gone"};
  TFCPP_ASSIGN_OR_RETURN(const std::string printed, RunCommand(context, tools, {*program, "version"}));
  const Version version = VersionIn(printed);

  std::vector<std::string> arguments{*program, "auth", "token"};
  if (!config.profile.empty() && version >= kKnowsProfiles) {
    arguments.insert(arguments.end(), {"--profile", config.profile});
  } else {
    arguments.insert(arguments.end(), {"--host", config.host});
    if (IsAccountHost(config.host)) arguments.insert(arguments.end(), {"--account-id", config.account_id});
  }
  if (version >= kKnowsForceRefresh) arguments.emplace_back("--force-refresh");
  TFCPP_ASSIGN_OR_RETURN(const Json answer, RunForJson(context, tools, std::move(arguments)));
  TFCPP_ASSIGN_OR_RETURN(AccessToken token, ReadToken(answer, tools.clock.WallNow()));
  const auto end = ParseTime(answer.FindString("expiry").value_or(""));
  if (!end.has_value()) {
    return Error{.code = ErrorCode::kMalformed, .message = "the Databricks CLI gave a token without a readable expiry"};
  }
  token.expiry = ExpiryAt(*end);
  return token;
}

}  // namespace

Strategy DatabricksCli() {
  return {.name = "databricks-cli", .find_obstacle = FindObstacle, .make = [](const SignInTools& tools) {
            return BearerSource(tools, [tools](const Context& context) { return Fetch(context, tools); });
          }};
}

}  // namespace tfcpp::databricks
