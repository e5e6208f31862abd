#include "databricks/auth/safe_address.h"

#include "base/strings.h"
#include "databricks/auth/azure.h"
#include "http/url.h"

namespace tfcpp::databricks {

Result<void> RequireSafeAddress(const SignInTools& tools, const std::string& url) {
  const std::string& known = tools.config.host.empty() ? AzureEnvironmentOf(tools).resource_manager : tools.config.host;
  const auto workspace = http::OriginOf(known);
  const auto called = http::OriginOf(url);
  if (called.has_value() && called->scheme == "https") return {};
  const bool may_be_http = workspace.has_value() && workspace->scheme == "http";
  if (called.has_value() && may_be_http && (called->host == workspace->host || http::IsLoopback(*called))) return {};
  const std::string shown = called.has_value() ? Concat(called->scheme, "://", called->host)
                                               : Concat("\"", url.substr(0, url.find('?')), "\"");
  return Error{.code = ErrorCode::kInvalidArgument,
               .message = Concat("the address ", shown, " is not called, because it is not https",
                                 may_be_http ? ", and is neither the workspace's host nor this machine" : "",
                                 ": secrets would go there in clear. Whatever names it (the host's discovery document "
                                 "or metadata, a key's token_uri, a variable) must name an https address")};
}

}  // namespace tfcpp::databricks
