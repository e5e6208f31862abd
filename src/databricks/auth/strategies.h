// All strategies, in the order in which they are tried, and the order's reason: what is set on purpose comes before
// what merely happens to be on the machine. Pure; thread-safe.
#pragma once

#include <vector>

#include "databricks/auth/strategy.h"

namespace tfcpp::databricks {

// Each in the file of its name.
Strategy Pat();
Strategy Basic();
Strategy OauthM2m();
Strategy DatabricksCli();
Strategy MetadataService();
Strategy GithubOidc();
Strategy AzureDevopsOidc();
Strategy EnvOidc();
Strategy FileOidc();
Strategy GithubOidcAzure();
Strategy AzureMsi();
Strategy AzureClientSecret();
Strategy AzureCli();
Strategy GoogleCredentials();
Strategy GoogleId();

const std::vector<Strategy>& Strategies();

}  // namespace tfcpp::databricks
