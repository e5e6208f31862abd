// Which cloud a workspace is in, for the strategies of Azure and Google.
//
// Thread safety: free functions.
#pragma once

#include <optional>

#include "databricks/auth/strategy.h"
#include "databricks/host.h"

namespace tfcpp::databricks {

// The obstacle of a workspace that is surely in another cloud. Where the host's name does not tell (a domain of one's
// own), RequireCloud asks the host at the first call.
std::optional<Obstacle> FindCloudObstacle(const Config& config, Cloud wanted);
Result<void> RequireCloud(const Context& context, const SignInTools& tools, Cloud wanted);

}  // namespace tfcpp::databricks
