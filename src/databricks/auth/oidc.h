// OAuth at Databricks: where the token endpoint is, and the exchange of somebody else's ID token for a token of the
// workspace, which four strategies share.
//
// Facts: discovery_url, also by way of the host's metadata, leads to a document that names token_endpoint; an account
// console has a fixed one; a workspace has the document at {host}/oidc/.well-known/oauth-authorization-server.
// Thread safety: free functions.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "databricks/auth/strategy.h"
#include "databricks/auth/token_cache.h"

namespace tfcpp::databricks {

Result<std::string> FindTokenEndpoint(const Context& context, const SignInTools& tools);

// "all-apis": what a form says in `scope`.
std::string ScopeOf(const Config& config);

// Gets an ID token for an audience.
using GetIdToken = std::function<Result<Secret>(const Context&, const std::string& audience)>;

// A source of tokens of the workspace, each got for a fresh ID token.
std::unique_ptr<rest::TokenSource> ExchangingSource(const SignInTools& tools, GetIdToken get_id_token);

// An ID token from GitHub Actions. `audience` empty: GitHub's own default.
Result<Secret> FetchGithubIdToken(const Context& context, const SignInTools& tools, const std::string& audience);

}  // namespace tfcpp::databricks
