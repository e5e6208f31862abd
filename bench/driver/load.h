// Many webhooks through one provider process.
#pragma once

#include <string>

#include "provider_client.h"

namespace bench {

struct LoadOptions {
  int count = 0;
  int parallel = 10;    // Terraform's default
  int most_rounds = 1;  // what has failed is done again in the next round, as a user applies again
};

// Configures the provider from the environment, then creates, reads and plans so many webhooks, each with a description
// of its own. JSON: seconds and rounds for each phase, and the process's CPU time and memory at the end. Throws
// std::runtime_error when something still fails in the last round, a webhook is gone, or a plan is not empty.
std::string Load(const ProviderClient& client, const LoadOptions& options);

}  // namespace bench
