// What a listing has that may be the webhook of a create whose answer is lost.
//
// Equal means: in everything that a listing shows, but for id and times. Of what is equal, its creation time decides; it
// is the service's clock's, while the listing's own time is that of its gateway's Date header:
// - created while the call was under way, with 5 s of slack either way for whole seconds: ours, or just like it;
// - created up to 15 minutes before, or in the future: the two clocks may differ, so it may be ours as well;
// - without a time that can be read, or without a Date to compare it with: may be ours;
// - older: somebody else's.
// Whoever finds both a certain and a doubtful one cannot tell them apart: a clock that is wrong may have swapped them.
// An entry that is not of the documented form may be ours if nothing that can be read of it says otherwise.
// Pure; thread-safe.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "databricks/registry_webhooks.h"
#include "provider/registry_webhook/listing.h"

namespace mlflow {

// What a listing will show of it, but for id and times.
tfcpp::databricks::RegistryWebhook AppearanceOf(const tfcpp::databricks::RegistryWebhookInput& input);

struct LostCall {
  tfcpp::databricks::RegistryWebhook appearance;
  // Since it began, by a clock that only runs on, and by one that knows of the machine's sleep but may be set.
  std::chrono::milliseconds elapsed{0};
  std::chrono::milliseconds wall_elapsed{0};
};

struct Candidates {
  std::vector<tfcpp::databricks::RegistryWebhook> ours;
  // The others that may be ours, as a text for people: "17 (created 3 minutes before the call)".
  std::vector<std::string> doubtful;
};

// `is_known`: by its id, a webhook that is surely not the one that is looked for.
Candidates FindCandidates(const Listing& listing, const LostCall& call,
                          const std::function<bool(const std::string& id)>& is_known);

}  // namespace mlflow
