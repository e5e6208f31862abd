#include "databricks/workspace.h"

#include "databricks/host.h"
#include "tfcpp/base/strings.h"

namespace tfcpp::databricks {
namespace {

// An Azure resource id without slashes before and after it; empty for anything else.
std::string_view AsResourceId(std::string_view name) {
  constexpr std::string_view kBegin = "subscriptions/";
  name = Trim(name);
  while (!name.empty() && name.front() == '/') name.remove_prefix(1);
  while (!name.empty() && name.back() == '/') name.remove_suffix(1);
  return EqualsIgnoreCase(name.substr(0, kBegin.size()), kBegin) ? name : std::string_view();
}

}  // namespace

const std::string& NameOfWorkspace(const Config& config) {
  return config.host.empty() ? config.azure_workspace_resource_id : config.host;
}

bool MayBeSameWorkspace(std::string_view known, std::string_view named) {
  const std::string_view known_id = AsResourceId(known);
  const std::string_view named_id = AsResourceId(named);
  if (!named_id.empty()) return known_id.empty() || EqualsIgnoreCase(named_id, known_id);
  const auto host = NormaliseHost(named);
  return host.has_value() && (!known_id.empty() || *host == known);
}

rest::JsonService ServiceOf(const Config& config) {
  return {.url = config.host,
          .name = NameOfWorkspace(config),
          .if_unreachable = "Check host (DATABRICKS_HOST), and that this machine reaches it.",
          .if_no_json = "the host may be no Databricks workspace",
          .error_member = "error_code"};
}

}  // namespace tfcpp::databricks
