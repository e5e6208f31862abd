// What a configured provider tells the planning of webhooks, which is pure and sees nothing else of it. It travels as
// the framework's Facts, by name. Pure; thread-safe.
#pragma once

#include <string>

#include "tfcpp/framework/resource.h"

namespace mlflow {

// Whether there is a token for job webhooks that have none: only the one that the provider itself signs in with.
enum class TokenToLend { kUnknown, kNone, kOwn };

struct WebhookFacts {
  std::string workspace = {};  // its name (databricks/workspace.h); empty: not known yet, or not configured
  TokenToLend token = TokenToLend::kUnknown;
  std::string ways_to_sign_in = {};  // for texts alone: "oauth-m2m or databricks-cli"
};

tfcpp::Facts ToFacts(const WebhookFacts& facts);
WebhookFacts ReadFacts(const tfcpp::Facts& facts);

}  // namespace mlflow
