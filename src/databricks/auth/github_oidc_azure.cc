// The ID token of a GitHub Actions job, as a federated credential of an Entra ID application.
#include "databricks/auth/azure.h"
#include "databricks/auth/cloud.h"
#include "databricks/auth/oidc.h"
#include "databricks/auth/strategies.h"

namespace tfcpp::databricks {
namespace {

constexpr char kAudience[] = "api://AzureADTokenExchange";

std::optional<Obstacle> FindObstacle(const Config& config, const Environment&) {
  if (auto elsewhere = FindCloudObstacle(config, Cloud::kAzure)) return elsewhere;
  return FindUnset(config, {"host", "azure_client_id", "azure_tenant_id", "actions_id_token_request_url",
                            "actions_id_token_request_token"});
}

Result<AccessToken> Fetch(const Context& context, const SignInTools& tools, const std::string& resource) {
  TFCPP_ASSIGN_OR_RETURN(const Secret id_token, FetchGithubIdToken(context, tools, kAudience));
  return AskEntraId(context, tools, resource,
                    {{"client_id", tools.config.azure_client_id},
                     {"client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"},
                     {"client_assertion", id_token.Reveal()}});
}

}  // namespace

Strategy GithubOidcAzure() {
  return {
      .name = "github-oidc-azure", .find_obstacle = FindObstacle, .make = [](const SignInTools& tools) {
        return AzureSource(
            tools,
            [tools](const Context& context, const std::string& resource) { return Fetch(context, tools, resource); },
            ManagementToken::kNone);
      }};
}

}  // namespace tfcpp::databricks
