// WebhookCreator: creates each webhook once, also when the answer to a create is lost on the way.
//
// A create whose outcome is not known (reset, time-out, cut answer, 5xx) is looked for in a new listing of its scope. A
// webhook there is taken for the one that was asked for when all of this holds:
// - it equals what was asked in everything that a listing shows;
// - it was created since the call began, by the service's clock, with 5 s of slack for its whole seconds;
// - this process does not know it: it was neither created nor adopted here, nor handed over as prior state;
// - no equal create of this process is still waiting for its answer, which may own it;
// - there are no more such webhooks than equal creates with a lost answer.
// None there: the create surely had no effect yet, and is tried once more. More than can be told apart: an error with
// their ids. No listing precedes a create: an equal webhook of somebody else is always older than the call.
//
// Why this does not adopt somebody else's webhook: it would have to be created within the same few seconds, in the same
// scope, with the same target, events, description and status, while our own create had no effect. What remains is
// exactly that coincidence, with one more: a service that acts on a request only after it has been listed and tried
// again ends with two webhooks. Neither can be told from outside: the API has no idempotency key.
//
// Thread safety: safe to call from several threads.
#pragma once

#include <condition_variable>
#include <list>
#include <mutex>
#include <optional>
#include <set>
#include <string>

#include "base/clock.h"
#include "databricks/registry_webhooks.h"
#include "provider/webhook/listings.h"

namespace mlflow {

class WebhookCreator {
 public:
  // All must outlive this.
  WebhookCreator(tfcpp::databricks::RegistryWebhooks& api, Listings& listings, tfcpp::Clock& clock)
      : api_(api), listings_(listings), clock_(clock) {}

  // Errors: the calls' own; the texts say what is known of the webhook and what to do. The listing is made even when a
  // stop has been requested meanwhile; the second try is not.
  tfcpp::Result<tfcpp::databricks::RegistryWebhook> Create(const tfcpp::Context& context,
                                                           const tfcpp::databricks::RegistryWebhookInput& input);

  // A webhook that is in somebody's state is never adopted.
  void Know(const std::string& id);

 private:
  struct Attempt {
    const tfcpp::databricks::RegistryWebhookInput& input;
    tfcpp::databricks::RegistryWebhook appearance;  // as a listing would show it, but for id and times
    tfcpp::Clock::SteadyTime began;
    bool answer_lost = false;  // guarded by mutex_
  };
  class Registration;

  void SetLost(Attempt& attempt, bool lost);
  // The webhook of an attempt whose answer is lost; nullopt: there is none.
  tfcpp::Result<std::optional<tfcpp::databricks::RegistryWebhook>> Look(const tfcpp::Context& context,
                                                                        Attempt& attempt);
  tfcpp::Result<std::optional<tfcpp::databricks::RegistryWebhook>> Adopt(
      const Attempt& attempt, std::vector<tfcpp::databricks::RegistryWebhook> candidates);

  tfcpp::databricks::RegistryWebhooks& api_;
  Listings& listings_;
  tfcpp::Clock& clock_;
  std::mutex mutex_;
  std::condition_variable changed_;  // of attempts_
  std::list<Attempt*> attempts_;     // all that are under way
  std::set<std::string, std::less<>> known_;
};

}  // namespace mlflow
