// A service of this machine that hands out tokens for a workspace, as editors and notebooks run one.
#include "databricks/auth/strategies.h"
#include "databricks/auth/token_call.h"
#include "databricks/auth/token_source.h"
#include "tfcpp/base/strings.h"
#include "tfcpp/base/url.h"

namespace tfcpp::databricks {
namespace {

constexpr std::chrono::seconds kTimeLimit{10};

std::optional<Obstacle> FindObstacle(const Config& config, const Environment&) {
  if (auto unset = FindUnset(config, {"host", "metadata_service_url"})) return unset;
  // Another machine could give any token, and read this one on its way.
  const Url url = Url::Split(config.metadata_service_url.Reveal());
  const bool is_http = url.HasScheme("http") || url.HasScheme("https");
  if (is_http && FindHostFault(url).empty() && IsThisMachine(url.host)) return std::nullopt;
  return Obstacle{"metadata_service_url must be an http address on localhost or 127.0.0.1", true};
}

Result<AccessToken> Fetch(const Context& context, const SignInTools& tools) {
  const auto now = tools.clock.WallNow();
  const auto answer =
      CallForJson(context, tools,
                  {.url = tools.config.metadata_service_url.Reveal(),
                   .headers = {{"X-Databricks-Metadata-Version", "1"}, {"X-Databricks-Host", tools.config.host}},
                   .time_limit = kTimeLimit,
                   .direct = true});
  if (!answer.has_value()) return answer.error();
  return ReadToken(*answer, now);
}

}  // namespace

Strategy MetadataService() {
  return {.name = "metadata-service", .find_obstacle = FindObstacle, .make = [](const SignInTools& tools) {
            return BearerSource(tools, [tools](const Context& context) { return Fetch(context, tools); });
          }};
}

}  // namespace tfcpp::databricks
