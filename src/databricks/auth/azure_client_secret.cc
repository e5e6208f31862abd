// A service principal of Entra ID with a client secret.
#include "databricks/auth/azure.h"
#include "databricks/auth/cloud.h"
#include "databricks/auth/strategies.h"

namespace tfcpp::databricks {
namespace {

// Without a tenant, the workspace tells it.
std::optional<Obstacle> FindObstacle(const Config& config, const Environment&) {
  if (auto unset = FindUnset(config, {AzureAddress(config), "azure_client_id", "azure_client_secret"})) return unset;
  auto elsewhere = FindCloudObstacle(config, Cloud::kAzure);
  if (elsewhere.has_value()) elsewhere->begun = true;
  return elsewhere;
}

}  // namespace

Strategy AzureClientSecret() {
  return {.name = "azure-client-secret", .find_obstacle = FindObstacle, .make = [](const SignInTools& tools) {
            return AzureSource(
                tools,
                [tools](const Context& context, const std::string& resource) {
                  return AskEntraId(context, tools, resource,
                                    {{"client_id", tools.config.azure_client_id},
                                     {"client_secret", tools.config.azure_client_secret.Reveal()}});
                },
                ManagementToken::kRequired);
          }};
}

}  // namespace tfcpp::databricks
