// The ID token of a GitHub Actions job, exchanged by a federation policy of Databricks.
#include "databricks/auth/oidc.h"
#include "databricks/auth/strategies.h"

namespace tfcpp::databricks {

Strategy GithubOidc() {
  return {.name = "github-oidc",
          .find_obstacle =
              [](const Config& config, const Environment&) {
                return FindUnset(config, {"host", "actions_id_token_request_url", "actions_id_token_request_token"});
              },
          .make =
              [](const SignInTools& tools) {
                return ExchangingSource(tools, [tools](const Context& context, const std::string& audience) {
                  return FetchGithubIdToken(context, tools, audience);
                });
              }};
}

}  // namespace tfcpp::databricks
