// WebhookService: the registry's webhooks in the operations that a resource needs, put together from API calls.
//
// The API has no get by id, so a read lists (listings.h): with model_name where the webhook has one, because a person
// who may manage only that model may list only that model. Once webhooks of several scopes are read, one listing of
// everything is cheaper. A webhook keeps its id when its model is renamed, so a hit by id in any listing is the
// webhook, and one that its model's listing lacks is looked for in everything before it counts as gone. A workspace
// that refuses to list everything is asked for it once. A create is made once, also when its answer is lost
// (lost_create.h). Thread safety: safe to call from several threads.
#pragma once

#include <atomic>
#include <chrono>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "databricks/registry_webhooks.h"
#include "provider/registry_webhook/listings.h"
#include "provider/registry_webhook/webhook.h"
#include "provider/shared/lost_create.h"
#include "tfcpp/base/clock.h"
#include "tfcpp/json/json.h"

namespace mlflow {

// The service's code for "there is no such webhook" and "there is no such model". A 404 without it may come from a
// proxy, or from a server that does not know the path, and tells nothing about the webhook.
inline constexpr char kDoesNotExist[] = "RESOURCE_DOES_NOT_EXIST";
inline constexpr char kPermissionDenied[] = "PERMISSION_DENIED";

struct WebhookKey {
  std::string id;
  std::string model_name = {};  // empty: registry-wide
};

// What to do about a listing that failed, where the message alone may leave that open; else empty.
std::string_view ListingAdvice(const tfcpp::Error& error, std::string_view model_name);

// What came of looking for a webhook.
struct Sighting {
  std::optional<RegistryWebhook> webhook = {};  // of another model, when renamed; nullopt: gone
  // It is gone by the word of its model's listing alone, because the workspace's is refused.
  bool by_its_model_alone = false;
};

class WebhookService {
 public:
  // Both must outlive this. `patience` (retry_timeout_seconds): for how long one listing may go on, and how long the
  // webhook of a lost create is looked for.
  WebhookService(tfcpp::databricks::RegistryWebhooks& api, tfcpp::Clock& clock, std::chrono::milliseconds patience);

  // See lost_create.h. `request`: what it sends.
  tfcpp::Result<RegistryWebhook> Create(const tfcpp::Context& context, const NewWebhook& webhook,
                                        const tfcpp::Json::Members& request);
  // The webhook of a state. Gone means: a complete and consistent listing of its scope lacks it, or its model does not
  // exist; and so does everything, where that may be listed. Anything else that goes wrong is an error: a refusal, a
  // cut listing, one that changed while it was read, a misfit of that id, an entry without one.
  tfcpp::Result<Sighting> Find(const tfcpp::Context& context, const WebhookKey& key);
  // The same, but a webhook that its model's listing lacks is not looked for under another name: nullopt.
  tfcpp::Result<std::optional<RegistryWebhook>> FindListed(const tfcpp::Context& context, const WebhookKey& key);
  // All webhooks, of one model when `model_name` is not empty: a complete listing or an error.
  tfcpp::Result<SharedListing> List(const tfcpp::Context& context, const std::string& model_name) {
    return listings_.GetComplete(context, model_name);
  }
  // Nullopt: the service took the update without saying what the webhook is now.
  tfcpp::Result<std::optional<RegistryWebhook>> Update(const tfcpp::Context& context, const WebhookKey& key,
                                                       tfcpp::Json::Members changes);
  // False: there is no such webhook, and not for certain by this call. After an answer that leaves it open whether the
  // service has deleted it, a listing tells; an error when that has it still, or cannot tell.
  tfcpp::Result<bool> Delete(const tfcpp::Context& context, const WebhookKey& key);

  // Secrets and addresses that a webhook has, or is to have: the service may quote them in answers to calls that carry
  // none.
  void Know(const std::vector<tfcpp::Secret>& secrets, const std::vector<tfcpp::Secret>& addresses) {
    api_.secrets().Add(secrets);
    api_.secrets().AddAddresses(addresses);
  }

 private:
  // Remembers that webhooks of that model are read. True: by now one listing of the whole workspace costs less than one
  // for each model.
  bool NoteScopeRead(const std::string& model_name);
  // The end of a delete whose outcome is not known; `unclear` is its error.
  tfcpp::Result<void> RequireGone(const tfcpp::Context& context, const WebhookKey& key, tfcpp::Error unclear);
  tfcpp::Result<Sighting> FindRenamed(const tfcpp::Context& context, const std::string& id);
  void NoteRefusal(const tfcpp::Error& error);

  tfcpp::databricks::RegistryWebhooks& api_;
  Listings listings_;
  WebhookCreator creator_;
  std::atomic<bool> all_refused_ = false;
  std::mutex mutex_;
  std::set<std::string, std::less<>> scopes_read_;  // guarded by mutex_
};

}  // namespace mlflow
