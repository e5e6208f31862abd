// What the strategies of Azure share: a token of the Databricks application signs in; a second one, for Azure's service
// management, goes along and lets a service principal in that the workspace does not know yet.
//
// Facts: headers Authorization, X-Databricks-Azure-SP-Management-Token, X-Databricks-Azure-Workspace-Resource-Id; the
// workspace refuses tokens with 30 s left or less. Thread safety: free functions.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "databricks/auth/strategy.h"
#include "databricks/auth/token_call.h"

namespace tfcpp::databricks {

// The application id of Databricks in Entra ID: what tokens are made out to.
std::string AzureApplication(const std::string& host);
// By the host's name, else by azure_environment, else the public cloud.
const AzureEnvironment& AzureEnvironmentOf(const SignInTools& tools);

// Gets a token for a resource: the application, or the service management.
using FetchForResource = std::function<Result<AccessToken>(const Context&, const std::string& resource)>;
enum class ManagementToken { kNone, kOptional, kRequired };
std::unique_ptr<rest::TokenSource> AzureSource(const SignInTools& tools, FetchForResource fetch,
                                               ManagementToken management);

// What says where the workspace is: host, or azure_workspace_resource_id where only that is set.
std::string_view AzureAddress(const Config& config);
// The host of a workspace that only its resource id names: Azure's resource manager tells it to whom the management
// token of `headers` belongs.
Result<std::string> FindAzureHost(const Context& context, const SignInTools& tools,
                                  const std::vector<rest::Header>& headers);

// azure_tenant_id, else what the workspace's login page leads to: a GUID or a domain name (TextKind::kTenant).
// kNotFound when there is none.
Result<std::string> FindTenant(const Context& context, const SignInTools& tools);
// A token of Entra ID's (v1) token endpoint for a form of credentials.
Result<AccessToken> AskEntraId(const Context& context, const SignInTools& tools, const std::string& resource,
                               const Form& credentials);

}  // namespace tfcpp::databricks
