#include "databricks/auth/azure.h"

#include <array>
#include <utility>

#include "databricks/attributes.h"
#include "databricks/auth/cloud.h"
#include "databricks/auth/safe_address.h"
#include "databricks/auth/token_source.h"
#include "databricks/host.h"
#include "tfcpp/base/strings.h"
#include "tfcpp/base/url.h"

namespace tfcpp::databricks {
namespace {

constexpr char kManagementHeader[] = "X-Databricks-Azure-SP-Management-Token";
constexpr std::chrono::seconds kRefusedBeforeExpiry{40};

Result<AccessToken> ForAzure(const Context& context, const SignInTools& tools, const FetchForResource& fetch,
                             const std::string& resource) {
  TFCPP_RETURN_IF_ERROR(RequireCloud(context, tools, Cloud::kAzure));
  TFCPP_ASSIGN_OR_RETURN(AccessToken token, fetch(context, resource));
  if (token.expiry.has_value()) *token.expiry -= kRefusedBeforeExpiry;
  return token;
}

}  // namespace

std::string AzureApplication(const std::string& host) {
  constexpr std::array<std::pair<std::string_view, const char*>, 2> kOthers = {{
      {".staging.azuredatabricks.net", "4a67d088-db5c-48f1-9ff2-0aace800ae68"},
      {".dev.azuredatabricks.net", "62a912ac-b58e-4c1d-89ea-b2dbfc7358fc"},
  }};
  for (const auto& [part, application] : kOthers) {
    if (host.find(part) != std::string::npos) return application;
  }
  return "2ff814a6-3304-4ab8-85cb-cd0e6f879c1d";
}

const AzureEnvironment& AzureEnvironmentOf(const SignInTools& tools) {
  const auto& all = tools.endpoints.azure;
  for (const AzureEnvironment& environment : all) {
    if (tools.config.host.find(environment.host_part) != std::string::npos) return environment;
  }
  for (const AzureEnvironment& environment : all) {
    if (EqualsIgnoreCase(tools.config.azure_environment, environment.name)) return environment;
  }
  return all.front();
}

std::unique_ptr<rest::TokenSource> AzureSource(const SignInTools& tools, FetchForResource fetch,
                                               ManagementToken management) {
  std::vector<TokenHeader> headers;
  headers.push_back({.fetch = [tools, fetch](const Context& context) {
    return ForAzure(context, tools, fetch, AzureApplication(tools.config.host));
  }});
  if (management != ManagementToken::kNone) {
    headers.push_back({.name = kManagementHeader,
                       .fetch =
                           [tools, fetch](const Context& context) {
                             return ForAzure(context, tools, fetch, AzureEnvironmentOf(tools).management);
                           },
                       .is_optional = management == ManagementToken::kOptional});
  }
  std::vector<rest::Header> fixed;
  if (management != ManagementToken::kNone && !tools.config.azure_workspace_resource_id.empty()) {
    fixed.push_back({"X-Databricks-Azure-Workspace-Resource-Id", tools.config.azure_workspace_resource_id});
  }
  return std::make_unique<CachedHeaders>(tools, std::move(headers), std::move(fixed));
}

std::string_view AzureAddress(const Config& config) {
  return config.host.empty() && !config.azure_workspace_resource_id.empty() ? "azure_workspace_resource_id" : "host";
}

Result<std::string> FindAzureHost(const Context& context, const SignInTools& tools,
                                  const std::vector<rest::Header>& headers) {
  const std::string& id = tools.config.azure_workspace_resource_id;
  const auto failed = [&](std::string why) {
    while (!why.empty() && why.back() == '.') why.pop_back();
    return Error{.code = ErrorCode::kUnauthenticated,
                 .message = Concat("The address of the workspace ", id, " cannot be found: ", why,
                                   ". Set host (DATABRICKS_HOST).")};
  };
  for (const rest::Header& header : headers) {
    if (header.name != kManagementHeader) continue;
    const auto workspace = CallForJson(context, tools,
                                       {.url = Concat(AzureEnvironmentOf(tools).resource_manager,
                                                      id.substr(id.find_first_not_of('/')), "?api-version=2018-04-01"),
                                        .headers = {{kAuthorization, Concat("Bearer ", header.value)}}});
    if (!workspace.has_value()) return failed(workspace.error().message);
    const Json* properties = workspace->Find("properties");
    const auto host = NormaliseHost(properties == nullptr ? "" : properties->FindString("workspaceUrl").value_or(""));
    if (!host.has_value()) return failed("the resource manager's answer has no usable workspaceUrl");
    if (const auto safe = RequireSafeAddress(tools, *host); !safe.has_value()) return failed(safe.error().message);
    return *host;
  }
  return failed("the sign-in has no token for Azure's resource manager");
}

Result<std::string> FindTenant(const Context& context, const SignInTools& tools) {
  const Config& config = tools.config;
  if (!config.azure_tenant_id.empty()) return config.azure_tenant_id;
  if (config.host.empty()) {
    return Error{.code = ErrorCode::kNotFound,
                 .message = "the tenant is unknown: set azure_tenant_id (ARM_TENANT_ID), or host"};
  }
  const std::string url = config.host + "/aad/auth";
  TFCPP_ASSIGN_OR_RETURN(const auto answer, tools.http.Send(context, {.url = url}));
  // https://login.microsoftonline.com/{tenant}/oauth2/authorize?...
  const std::string location = answer.FindHeader("Location").value_or("");
  const Url url_of_login = Url::Split(location);
  const auto segments = Split(url_of_login.path, '/');
  // It becomes part of an address, of a command and of texts, whoever has answered.
  const bool is_tenant =
      url_of_login.scheme.has_value() && segments.size() > 1 && FaultOf(TextKind::kTenant, segments[1]).empty();
  if (is_tenant) return std::string(segments[1]);
  return Error{.code = ErrorCode::kNotFound,
               .message = Concat("the tenant is unknown: GET ", url,
                                 " does not lead to a login of Entra ID. Set azure_tenant_id (ARM_TENANT_ID)")};
}

Result<AccessToken> AskEntraId(const Context& context, const SignInTools& tools, const std::string& resource,
                               const Form& credentials) {
  TFCPP_ASSIGN_OR_RETURN(const std::string tenant, FindTenant(context, tools));
  Form form{{"grant_type", "client_credentials"}, {"resource", resource}};
  form.insert(form.end(), credentials.begin(), credentials.end());
  const auto now = tools.clock.WallNow();
  TFCPP_ASSIGN_OR_RETURN(
      const Json answer,
      PostForm(context, tools, Concat(AzureEnvironmentOf(tools).login, tenant, "/oauth2/token"), form));
  return ReadToken(answer, now);
}

}  // namespace tfcpp::databricks
