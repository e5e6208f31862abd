// Many webhooks through one provider process.
#pragma once

#include <string>

#include "provider_client.h"

namespace bench {

// Configures the provider from the environment, then creates, reads and plans `count` webhooks, ten at a time as
// Terraform does by default. JSON: seconds for each phase, and the process's CPU time and memory at the end.
std::string Load(const ProviderClient& client, int count);

}  // namespace bench
