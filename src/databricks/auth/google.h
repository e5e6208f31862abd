// What the strategies of Google share: a service account's key, and the two tokens that a workspace on Google Cloud
// takes: an ID token made out to the host signs in, and an access token goes along in X-Databricks-GCP-SA-Access-Token.
//
// Facts: RFC 7523 (JWT bearer) at the key's token_uri; target_audience instead of scope asks for an ID token. Thread
// safety: free functions.
#pragma once

#include <memory>
#include <string>

#include "databricks/auth/strategy.h"
#include "databricks/auth/token_call.h"
#include "tfcpp/base/secret.h"

namespace tfcpp::databricks {

inline constexpr char kGoogleScopes[] =
    "https://www.googleapis.com/auth/cloud-platform https://www.googleapis.com/auth/compute";

std::unique_ptr<rest::TokenSource> GoogleSource(const SignInTools& tools, FetchToken fetch_id_token,
                                                FetchToken fetch_access_token);

// Credentials that are given as JSON or as a file's path. Errors show nothing of either.
Result<Json> ReadGoogleCredentials(const std::string& json_or_path);
// Credentials in a file, which errors call `shown`.
Result<Json> ReadCredentialsFile(const std::string& path, std::string_view shown);

// A token for a service account's key: an ID token when the claim is target_audience, an access token when it is scope.
Result<AccessToken> AskWithKey(const Context& context, const SignInTools& tools, const Json& key, const char* claim,
                               const std::string& value);

// The end of an ID token, which stands in the token itself.
Result<AccessToken> IdToken(const std::string& jwt);

}  // namespace tfcpp::databricks
