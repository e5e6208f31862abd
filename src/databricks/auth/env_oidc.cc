// An ID token that stands in a variable, as GitLab and CircleCI give it, exchanged by a federation policy of
// Databricks.
#include "databricks/attributes.h"
#include "databricks/auth/oidc.h"
#include "databricks/auth/strategies.h"
#include "tfcpp/base/strings.h"

namespace tfcpp::databricks {
namespace {

std::string VariableOf(const Config& config) {
  return config.oidc_token_env.empty() ? "DATABRICKS_OIDC_TOKEN" : config.oidc_token_env;
}

std::optional<Obstacle> FindObstacle(const Config& config, const Environment& environment) {
  const auto token = FindVariable(environment, VariableOf(config));
  const bool is_there = token.has_value();
  const bool begun = config.IsSet("oidc_token_env") || is_there;
  if (auto no_host = FindUnset(config, {"host"})) return Obstacle{no_host->why, begun};
  if (is_there) {
    const std::string_view fault = FaultOf(TextKind::kForm, *token);
    return fault.empty() ? std::nullopt
                         : std::optional(Obstacle{Concat("the variable ", VariableOf(config), " ", fault), true});
  }
  return Obstacle{Concat("the variable ", VariableOf(config), " is not set",
                         config.IsSet("oidc_token_env") ? ", though oidc_token_env names it" : ""),
                  begun};
}

}  // namespace

Strategy EnvOidc() {
  return {.name = "env-oidc", .find_obstacle = FindObstacle, .make = [](const SignInTools& tools) {
            return ExchangingSource(tools, [tools](const Context&, const std::string&) -> Result<Secret> {
              return Secret(FindVariable(tools.environment, VariableOf(tools.config)).value_or(""));
            });
          }};
}

}  // namespace tfcpp::databricks
