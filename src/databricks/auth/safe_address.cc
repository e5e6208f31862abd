#include "databricks/auth/safe_address.h"

#include "databricks/auth/azure.h"
#include "databricks/auth/token_call.h"
#include "tfcpp/base/strings.h"
#include "tfcpp/base/url.h"

namespace tfcpp::databricks {
namespace {

constexpr std::size_t kMaxShown = 200;

// What keeps an address from being called, as the end of a sentence; empty: nothing.
std::string FaultOf(const std::string& text, const Url& url, const Url& workspace) {
  if (!IsHeaderText(text)) return "has characters that no address has";
  const bool is_http = url.HasScheme("http");
  if (!is_http && !url.HasScheme("https")) return "is not https";
  if (const std::string_view fault = FindHostFault(url); !fault.empty()) return std::string(fault);
  if (!is_http) return "";
  if (!workspace.HasScheme("http")) return "is not https";
  if (EqualsIgnoreCase(url.host, workspace.host) || IsThisMachine(url.host)) return "";
  return "is not https, and is neither the workspace's host nor this machine";
}

}  // namespace

Result<void> RequireSafeAddress(const SignInTools& tools, const std::string& url) {
  const std::string& known = tools.config.host.empty() ? AzureEnvironmentOf(tools).resource_manager : tools.config.host;
  const Url called = Url::Split(url);
  const std::string fault = FaultOf(url, called, Url::Split(known));
  if (fault.empty()) return {};
  const std::string shown =
      Concat(called.scheme.value_or(""), called.scheme.has_value() ? "://" : "", called.authority);
  return Error{
      .code = ErrorCode::kInvalidArgument,
      .message = Concat("the address \"", tools.secrets.Shown(shown, kMaxShown), "\" is not called, because it ", fault,
                        ": whatever names it (the host's discovery document or metadata, a key's token_uri, a "
                        "variable) must name an https address, or secrets would go there in clear")};
}

}  // namespace tfcpp::databricks
