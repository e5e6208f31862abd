// WebhookCreator: creates each webhook once, also when the answer to a create is lost on the way.
//
// A create whose outcome is not known (reset, time-out, cut answer, 5xx, a 2xx of another form than documented, or with
// an id that this process knows already) is looked for in a listing of its scope that began after that. A listing that
// fails is made again for as long as other calls are (retry_timeout_seconds), whatever its error, but for a refusal that
// comes twice. Of what it has (candidates.h), less what this process knows: created or adopted here, or handed over as
// prior state, and once no equal create of this process still waits for its answer, which may own it:
// - webhooks created during the call, no more than there are equal creates with a lost answer: one of them is adopted;
// - none that may be ours: the create had no effect, and is tried once more. After a time-out the service may be at it
//   still, so it is looked for again 5 s later, before; and an id that was known already was an answer: no second try;
// - anything else: an error that names them, and none is adopted.
// No listing precedes a create.
//
// After a stop the listing under way ends, and one more is made, of at most 10 s; the create is not tried again.
//
// Why this does not adopt somebody else's webhook: it would have to be created within the same few seconds, in the same
// scope, with the same target, events, description and status, while our own create had no effect. What remains is
// exactly that coincidence, with two more: a service that acts on a request only after it has been listed and tried
// again, or whose clock is more than 15 minutes behind, ends with two webhooks. None can be told from outside: the API
// has no idempotency key.
//
// Thread safety: safe to call from several threads.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <list>
#include <mutex>
#include <optional>
#include <set>
#include <string>

#include "base/clock.h"
#include "databricks/registry_webhooks.h"
#include "provider/registry_webhook/candidates.h"
#include "provider/registry_webhook/listings.h"

namespace mlflow {

class WebhookCreator {
 public:
  // All must outlive this. `patience`: for how long listings that fail are made again.
  WebhookCreator(tfcpp::databricks::RegistryWebhooks& api, Listings& listings, tfcpp::Clock& clock,
                 std::chrono::milliseconds patience)
      : api_(api), listings_(listings), clock_(clock), patience_(patience) {}

  // Errors: the calls' own; the texts say what is known of the webhook and what to do, and first what not to do.
  tfcpp::Result<tfcpp::databricks::RegistryWebhook> Create(const tfcpp::Context& context,
                                                           const tfcpp::databricks::RegistryWebhookInput& input);

  // A webhook that is in somebody's state is never adopted, until it is deleted.
  void Know(const std::string& id);
  void Forget(const std::string& id);

 private:
  struct Attempt {
    const tfcpp::databricks::RegistryWebhookInput& input;
    tfcpp::databricks::RegistryWebhook appearance;
    tfcpp::Clock::SteadyTime began;
    tfcpp::Clock::WallTime wall_began;
    std::uint64_t writes = 0;  // of this process, when the answer was lost
    bool answer_lost = false;  // guarded by mutex_
  };
  class Registration;

  void SetLost(Attempt& attempt, bool lost);
  // The call, with an id that nobody here knows yet.
  tfcpp::Result<tfcpp::databricks::RegistryWebhook> Call(const tfcpp::Context& context, const Attempt& attempt);
  // The webhook of an attempt whose answer is lost; nullopt: there is none. Errors say why that cannot be told. Find looks
  // twice where the service may act late.
  tfcpp::Result<std::optional<tfcpp::databricks::RegistryWebhook>> Find(const tfcpp::Context& context, Attempt& attempt,
                                                                        const tfcpp::Error& lost);
  tfcpp::Result<std::optional<tfcpp::databricks::RegistryWebhook>> Look(const tfcpp::Context& context,
                                                                        const Attempt& attempt);
  tfcpp::Result<SharedListing> List(const tfcpp::Context& context, const Attempt& attempt);
  tfcpp::Result<std::optional<tfcpp::databricks::RegistryWebhook>> Adopt(const Attempt& attempt, const Listing& listing,
                                                                         const LostCall& call);

  tfcpp::databricks::RegistryWebhooks& api_;
  Listings& listings_;
  tfcpp::Clock& clock_;
  const std::chrono::milliseconds patience_;
  std::mutex mutex_;
  std::condition_variable changed_;  // of attempts_
  std::list<Attempt*> attempts_;     // all that are under way
  std::set<std::string, std::less<>> known_;
};

}  // namespace mlflow
