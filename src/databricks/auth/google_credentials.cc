// The key of a Google service account.
#include "databricks/auth/cloud.h"
#include "databricks/auth/google.h"
#include "databricks/auth/strategies.h"

namespace tfcpp::databricks {
namespace {

std::optional<Obstacle> FindObstacle(const Config& config, const Environment&) {
  if (auto unset = FindUnset(config, {"host", "google_credentials"})) return unset;
  auto elsewhere = FindCloudObstacle(config, Cloud::kGcp);
  if (elsewhere.has_value()) elsewhere->begun = true;
  return elsewhere;
}

Result<AccessToken> Fetch(const Context& context, const SignInTools& tools, const char* claim,
                          const std::string& value) {
  TFCPP_ASSIGN_OR_RETURN(const Json key, ReadGoogleCredentials(tools.config.google_credentials.Reveal()));
  return AskWithKey(context, tools, key, claim, value);
}

}  // namespace

Strategy GoogleCredentials() {
  return {.name = "google-credentials", .find_obstacle = FindObstacle, .make = [](const SignInTools& tools) {
            return GoogleSource(
                tools,
                [tools](const Context& context) { return Fetch(context, tools, "target_audience", tools.config.host); },
                [tools](const Context& context) { return Fetch(context, tools, "scope", kGoogleScopes); });
          }};
}

}  // namespace tfcpp::databricks
