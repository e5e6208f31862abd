// The login of the Azure CLI: `az login`.
#include "databricks/auth/azure.h"
#include "databricks/auth/cli.h"
#include "databricks/auth/cloud.h"
#include "databricks/auth/strategies.h"
#include "tfcpp/base/process.h"
#include "tfcpp/base/strings.h"

namespace tfcpp::databricks {
namespace {

constexpr char kProgram[] = "az";

std::optional<Obstacle> FindObstacle(const Config& config, const Environment& environment) {
  if (auto unset = FindUnset(config, {AzureAddress(config)})) return unset;
  if (auto elsewhere = FindCloudObstacle(config, Cloud::kAzure)) return elsewhere;
  if (FindProgram(kProgram, environment).has_value()) return std::nullopt;
  return Obstacle{"the Azure CLI (az) is not in PATH"};
}

enum class Account { kUser, kServicePrincipal, kManagedIdentity };

// A managed identity knows its tenant and refuses to be told one.
Result<Account> AskWhoIsLoggedIn(const Context& context, const SignInTools& tools, const std::string& program) {
  TFCPP_ASSIGN_OR_RETURN(const Json account,
                         RunForJson(context, tools, {program, "account", "show", "--output", "json"}));
  const Json* user = account.Find("user");
  if (user == nullptr || user->FindString("type") != "servicePrincipal") return Account::kUser;
  for (const char* member : {"name", "assignedIdentityInfo"}) {
    const std::string text = user->FindString(member).value_or("");
    if (text == "systemAssignedIdentity" || text == "userAssignedIdentity") return Account::kManagedIdentity;
  }
  return Account::kServicePrincipal;
}

// "/subscriptions/{id}/resourceGroups/..."
std::string SubscriptionIn(const std::string& resource_id) {
  const auto parts = Split(resource_id, '/');
  return parts.size() > 2 ? std::string(parts[2]) : "";
}

Result<AccessToken> ReadCliToken(const Json& answer, Clock::WallTime now) {
  TFCPP_ASSIGN_OR_RETURN(AccessToken token,
                         ReadToken(answer, now, {.token = "accessToken", .lifetime = "", .expiry = "expires_on"}));
  if (token.expiry.has_value()) return token;
  // Older versions give local time only.
  const auto end = ParseTime(answer.FindString("expiresOn").value_or(""));
  if (!end.has_value()) {
    return Error{.code = ErrorCode::kMalformed, .message = "the Azure CLI gave a token without a readable expiry"};
  }
  token.expiry = ExpiryAt(*end);
  return token;
}

Result<AccessToken> Fetch(const Context& context, const SignInTools& tools, const std::string& resource) {
  const auto program = FindProgram(kProgram, tools.environment);
  if (!program.has_value()) return Error{.code = ErrorCode::kNotFound, .message = "the Azure CLI is gone"};
  TFCPP_ASSIGN_OR_RETURN(const Account account, AskWhoIsLoggedIn(context, tools, *program));
  const auto now = tools.clock.WallNow();
  const std::vector<std::string> command{*program,   "account", "get-access-token", "--resource", resource,
                                         "--output", "json"};
  const auto ask = [&](std::initializer_list<std::string> more) {
    std::vector<std::string> arguments = command;
    arguments.insert(arguments.end(), more);
    return RunForJson(context, tools, std::move(arguments));
  };
  if (account != Account::kManagedIdentity) {
    if (const auto tenant = FindTenant(context, tools); tenant.has_value()) {
      const auto answer = ask({"--tenant", *tenant});
      if (answer.has_value()) return ReadCliToken(*answer, now);
      // A service principal is logged in to one tenant, which may have another name there.
      if (account == Account::kUser) return answer.error();
    } else if (const std::string subscription = SubscriptionIn(tools.config.azure_workspace_resource_id);
               !subscription.empty()) {
      TFCPP_ASSIGN_OR_RETURN(const Json answer, ask({"--subscription", subscription}));
      return ReadCliToken(answer, now);
    }
  }
  TFCPP_ASSIGN_OR_RETURN(const Json answer, ask({}));
  return ReadCliToken(answer, now);
}

}  // namespace

Strategy AzureCli() {
  return {
      .name = "azure-cli", .find_obstacle = FindObstacle, .make = [](const SignInTools& tools) {
        return AzureSource(
            tools,
            [tools](const Context& context, const std::string& resource) { return Fetch(context, tools, resource); },
            ManagementToken::kOptional);
      }};
}

}  // namespace tfcpp::databricks
