// A service principal of Databricks with an OAuth secret (client credentials, RFC 6749 section 4.4).
#include "databricks/auth/oidc.h"
#include "databricks/auth/strategies.h"
#include "databricks/auth/token_call.h"
#include "databricks/auth/token_source.h"
#include "rest/json_client.h"
#include "tfcpp/base/base64.h"
#include "tfcpp/base/strings.h"

namespace tfcpp::databricks {
namespace {

Result<AccessToken> Fetch(const Context& context, const SignInTools& tools) {
  const Config& config = tools.config;
  TFCPP_ASSIGN_OR_RETURN(const std::string endpoint, FindTokenEndpoint(context, tools));
  // Each part is form-encoded first: RFC 6749 section 2.3.1.
  const Secret credentials(
      Base64(Concat(rest::PercentEncode(config.client_id), ":", rest::PercentEncode(config.client_secret.Reveal()))));
  tools.secrets.Add(credentials);
  const auto now = tools.clock.WallNow();
  TFCPP_ASSIGN_OR_RETURN(const Json answer, PostForm(context, tools, endpoint,
                                                     {{"grant_type", "client_credentials"}, {"scope", ScopeOf(config)}},
                                                     {{kAuthorization, Concat("Basic ", credentials.Reveal())}}));
  return ReadToken(answer, now);
}

}  // namespace

Strategy OauthM2m() {
  return {.name = "oauth-m2m",
          .find_obstacle =
              [](const Config& config, const Environment&) {
                return FindUnset(config, {"host", "client_id", "client_secret"});
              },
          .make =
              [](const SignInTools& tools) {
                return BearerSource(tools, [tools](const Context& context) { return Fetch(context, tools); });
              }};
}

}  // namespace tfcpp::databricks
