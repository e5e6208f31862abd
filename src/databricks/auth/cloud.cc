#include "databricks/auth/cloud.h"

#include "databricks/auth/host_metadata.h"
#include "tfcpp/base/strings.h"

namespace tfcpp::databricks {
namespace {

std::string Elsewhere(Cloud actual, Cloud wanted) {
  const std::string_view name = ToString(wanted);
  if (actual == Cloud::kUnknown) {
    return Concat("nothing tells that the workspace is on ", name, "; if it is, set cloud = \"", name, "\"");
  }
  return Concat("the workspace is on ", ToString(actual), ", not on ", name);
}

}  // namespace

std::optional<Obstacle> FindCloudObstacle(const Config& config, Cloud wanted) {
  const Cloud actual = CloudOf(config);
  if (actual == wanted || (actual == Cloud::kUnknown && !config.host.empty())) return std::nullopt;
  return Obstacle{Elsewhere(actual, wanted)};
}

Result<void> RequireCloud(const Context& context, const SignInTools& tools, Cloud wanted) {
  Cloud actual = CloudOf(tools.config);
  if (actual == Cloud::kUnknown) actual = tools.metadata.Get(context).cloud;
  if (actual == wanted) return {};
  return Error{.code = ErrorCode::kInvalidArgument, .message = Elsewhere(actual, wanted)};
}

}  // namespace tfcpp::databricks
