// The ID token of an Azure DevOps pipeline job, exchanged by a federation policy of Databricks.
#include <array>

#include "databricks/attributes.h"
#include "databricks/auth/oidc.h"
#include "databricks/auth/strategies.h"
#include "databricks/auth/token_call.h"
#include "databricks/auth/token_source.h"
#include "tfcpp/base/strings.h"

namespace tfcpp::databricks {
namespace {

// Set by the agent, but for the last, which the pipeline must map into the step's environment.
constexpr std::array<const char*, 6> kVariables = {"SYSTEM_TEAMFOUNDATIONCOLLECTIONURI",
                                                   "SYSTEM_TEAMPROJECTID",
                                                   "SYSTEM_HOSTTYPE",
                                                   "SYSTEM_PLANID",
                                                   "SYSTEM_JOBID",
                                                   "SYSTEM_ACCESSTOKEN"};

std::optional<Obstacle> FindObstacle(const Config& config, const Environment& environment) {
  std::vector<std::string> unset;
  std::vector<std::string> faults;
  for (const char* variable : kVariables) {
    const auto value = FindVariable(environment, variable);
    if (!value.has_value()) {
      unset.emplace_back(variable);
    } else if (const auto fault = FaultOf(TextKind::kPlain, *value); !fault.empty()) {
      faults.push_back(Concat("in the environment, ", variable, " ", fault));
    }
  }
  const bool begun = unset.size() < kVariables.size();
  if (auto no_host = FindUnset(config, {"host"})) return Obstacle{no_host->why, begun};
  if (unset.empty() && faults.empty()) return std::nullopt;
  if (unset.empty()) return Obstacle{faults.front(), begun};
  if (!begun) return Obstacle{"this is no job of Azure DevOps: its variables are not set"};
  return Obstacle{Concat("in the environment, ", Join(unset, ", "), unset.size() == 1 ? " is" : " are",
                         " not set (env: SYSTEM_ACCESSTOKEN: $(System.AccessToken) in the step hands the token over)"),
                  true};
}

Result<Secret> FetchIdToken(const Context& context, const SignInTools& tools) {
  const auto variable = [&](const char* name) { return FindVariable(tools.environment, name).value_or(""); };
  std::string url = variable("SYSTEM_TEAMFOUNDATIONCOLLECTIONURI");
  while (!url.empty() && url.back() == '/') url.pop_back();
  url += Concat("/", variable("SYSTEM_TEAMPROJECTID"), "/_apis/distributedtask/hubs/", variable("SYSTEM_HOSTTYPE"),
                "/plans/", variable("SYSTEM_PLANID"), "/jobs/", variable("SYSTEM_JOBID"),
                "/oidctoken?api-version=7.2-preview.1");
  const Secret access_token(variable("SYSTEM_ACCESSTOKEN"));
  tools.secrets.Add(access_token);
  TFCPP_ASSIGN_OR_RETURN(const Json answer,
                         CallForJson(context, tools,
                                     {.method = rest::Method::kPost,
                                      .url = url,
                                      .headers = {{kAuthorization, Concat("Bearer ", access_token.Reveal())},
                                                  {"Content-Type", "application/json"}}}));
  TFCPP_ASSIGN_OR_RETURN(std::string token, ReadText(answer, "oidcToken", "Azure DevOps"));
  return Secret(std::move(token));
}

}  // namespace

Strategy AzureDevopsOidc() {
  return {.name = "azure-devops-oidc", .find_obstacle = FindObstacle, .make = [](const SignInTools& tools) {
            return ExchangingSource(
                tools, [tools](const Context& context, const std::string&) { return FetchIdToken(context, tools); });
          }};
}

}  // namespace tfcpp::databricks
