// The managed identity of an Azure machine.
#include "databricks/attributes.h"
#include "databricks/auth/azure.h"
#include "databricks/auth/cloud.h"
#include "databricks/auth/strategies.h"
#include "rest/json_client.h"
#include "tfcpp/base/strings.h"

namespace tfcpp::databricks {
namespace {

constexpr std::chrono::seconds kTimeLimit{10};

std::optional<Obstacle> FindObstacle(const Config& config, const Environment&) {
  if (!config.azure_use_msi) return Obstacle{Concat(Spell("azure_use_msi"), " is not true")};
  if (auto unset = FindUnset(config, {AzureAddress(config), "azure_use_msi"})) return unset;
  auto elsewhere = FindCloudObstacle(config, Cloud::kAzure);
  if (elsewhere.has_value()) elsewhere->begun = true;
  return elsewhere;
}

Result<AccessToken> Fetch(const Context& context, const SignInTools& tools, const std::string& resource) {
  std::string url = Concat(tools.endpoints.azure_identity, "/metadata/identity/oauth2/token?api-version=2018-02-01",
                           "&resource=", rest::PercentEncode(resource));
  if (!tools.config.azure_client_id.empty()) {
    url += Concat("&client_id=", rest::PercentEncode(tools.config.azure_client_id));
  }
  const auto now = tools.clock.WallNow();
  TFCPP_ASSIGN_OR_RETURN(
      const Json answer,
      CallForJson(context, tools,
                  {.url = url, .headers = {{"Metadata", "true"}}, .time_limit = kTimeLimit, .direct = true}));
  return ReadToken(answer, now);
}

}  // namespace

Strategy AzureMsi() {
  return {
      .name = "azure-msi", .find_obstacle = FindObstacle, .make = [](const SignInTools& tools) {
        return AzureSource(
            tools,
            [tools](const Context& context, const std::string& resource) { return Fetch(context, tools, resource); },
            ManagementToken::kRequired);
      }};
}

}  // namespace tfcpp::databricks
