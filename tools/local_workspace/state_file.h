// The file that keeps the webhooks across restarts, secrets included: readable by its owner only, replaced in one step.
#pragma once

#include <string>
#include <vector>

#include "tfcpp/base/result.h"
#include "webhook.h"

namespace workspace {

// No file: no webhooks. Errors: a file that cannot be read or is damaged.
tfcpp::Result<std::vector<Webhook>> LoadState(const std::string& path);
tfcpp::Result<void> SaveState(const std::string& path, const std::vector<Webhook>& webhooks);

}  // namespace workspace
