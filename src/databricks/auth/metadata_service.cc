// A service of this machine that hands out tokens for a workspace, as editors and notebooks run one.
#include "base/strings.h"
#include "databricks/auth/strategies.h"
#include "databricks/auth/token_call.h"
#include "databricks/auth/token_source.h"

namespace tfcpp::databricks {
namespace {

constexpr std::chrono::seconds kTimeLimit{10};

// The token's holder could be sent anywhere otherwise.
bool IsLocal(std::string_view url) {
  const auto scheme = url.find("://");
  if (scheme == url.npos) return false;
  const std::string_view authority = url.substr(scheme + 3, url.find_first_of("/?#", scheme + 3) - scheme - 3);
  const std::string_view name = authority.substr(0, authority.find(':'));
  return (name == "localhost" || name == "127.0.0.1") && authority.find('@') == authority.npos;
}

std::optional<Obstacle> FindObstacle(const Config& config, const Environment&) {
  if (auto unset = FindUnset(config, {"host", "metadata_service_url"})) return unset;
  if (IsLocal(config.metadata_service_url.Reveal())) return std::nullopt;
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
