#include "databricks/auth/oidc.h"

#include "databricks/auth/host_metadata.h"
#include "databricks/auth/token_call.h"
#include "databricks/auth/token_source.h"
#include "databricks/host.h"
#include "rest/json_client.h"
#include "tfcpp/base/strings.h"

namespace tfcpp::databricks {
namespace {

constexpr char kDiscoveryPath[] = "/.well-known/oauth-authorization-server";

std::string AccountOf(const Config& config, const Metadata& metadata) {
  return config.account_id.empty() ? metadata.account_id : config.account_id;
}

// The document that names the endpoints, as the metadata tells it; empty when it does not.
std::string DiscoveryUrl(const Config& config, const Metadata& metadata) {
  constexpr std::string_view kPlaceholder = "{account_id}";
  std::string url = metadata.oidc_endpoint;
  if (const auto at = url.find(kPlaceholder); at != std::string::npos) {
    const std::string account = AccountOf(config, metadata);
    if (account.empty()) return "";
    url.replace(at, kPlaceholder.size(), rest::PercentEncode(account));
  }
  while (!url.empty() && url.back() == '/') url.pop_back();
  return url.empty() ? "" : url + kDiscoveryPath;
}

Result<std::string> Discover(const Context& context, const SignInTools& tools, const std::string& url) {
  const auto document = CallForJson(context, tools, {.url = url});
  if (document.has_value()) return ReadText(*document, "token_endpoint", url);
  Error error = document.error();
  if (error.code == ErrorCode::kNotFound) error.message += ": the host has no OAuth, or is no Databricks workspace";
  return error;
}

// What the issuer is asked to make the ID token out to.
std::string AudienceFor(const Context& context, const SignInTools& tools, const std::string& token_endpoint) {
  if (!tools.config.audience.empty()) return tools.config.audience;
  const Metadata metadata = tools.metadata.Get(context);
  if (!metadata.audience.empty()) return metadata.audience;
  const bool is_account = metadata.host_type.empty() ? IsAccountHost(tools.config.host)
                                                     : metadata.host_type != "workspace" && !metadata.has_workspace_id;
  const std::string account = AccountOf(tools.config, metadata);
  return is_account && !account.empty() ? account : token_endpoint;
}

Result<AccessToken> Exchange(const Context& context, const SignInTools& tools, const GetIdToken& get_id_token) {
  TFCPP_ASSIGN_OR_RETURN(const std::string endpoint, FindTokenEndpoint(context, tools));
  TFCPP_ASSIGN_OR_RETURN(const Secret id_token, get_id_token(context, AudienceFor(context, tools, endpoint)));
  tools.secrets.Add(id_token);
  Form form{{"grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"},
            {"subject_token_type", "urn:ietf:params:oauth:token-type:jwt"},
            {"subject_token", id_token.Reveal()},
            {"scope", ScopeOf(tools.config)}};
  // Without it, a federation policy of the whole account decides.
  if (!tools.config.client_id.empty()) form.emplace_back("client_id", tools.config.client_id);
  const auto now = tools.clock.WallNow();
  TFCPP_ASSIGN_OR_RETURN(const Json answer, PostForm(context, tools, endpoint, form));
  return ReadToken(answer, now);
}

}  // namespace

Result<std::string> FindTokenEndpoint(const Context& context, const SignInTools& tools) {
  const Config& config = tools.config;
  if (!config.discovery_url.empty()) return Discover(context, tools, config.discovery_url);
  const Metadata metadata = tools.metadata.Get(context);
  if (const std::string url = DiscoveryUrl(config, metadata); !url.empty()) return Discover(context, tools, url);
  const bool is_account = metadata.host_type.empty() ? IsAccountHost(config.host) : metadata.host_type == "account";
  if (is_account) {
    const std::string account = AccountOf(config, metadata);
    if (account.empty()) {
      return Error{.code = ErrorCode::kInvalidArgument,
                   .message = "the host is an account console, and account_id (DATABRICKS_ACCOUNT_ID) is not set"};
    }
    return Concat(config.host, "/oidc/accounts/", rest::PercentEncode(account), "/v1/token");
  }
  return Discover(context, tools, Concat(config.host, "/oidc", kDiscoveryPath));
}

std::string ScopeOf(const Config& config) { return Join(config.scopes, " "); }

std::unique_ptr<rest::TokenSource> ExchangingSource(const SignInTools& tools, GetIdToken get_id_token) {
  return BearerSource(tools, [tools, get_id_token = std::move(get_id_token)](const Context& context) {
    return Exchange(context, tools, get_id_token);
  });
}

Result<Secret> FetchGithubIdToken(const Context& context, const SignInTools& tools, const std::string& audience) {
  const Config& config = tools.config;
  std::string url = config.actions_id_token_request_url;
  if (!audience.empty()) {
    url += Concat(url.find('?') == std::string::npos ? "?" : "&", "audience=", rest::PercentEncode(audience));
  }
  TFCPP_ASSIGN_OR_RETURN(
      const Json answer,
      CallForJson(context, tools,
                  {.url = url,
                   .headers = {{kAuthorization, Concat("Bearer ", config.actions_id_token_request_token.Reveal())}}}));
  TFCPP_ASSIGN_OR_RETURN(std::string token, ReadText(answer, "value", "GitHub Actions"));
  Secret secret(std::move(token));
  tools.secrets.Add(secret);
  return secret;
}

}  // namespace tfcpp::databricks
