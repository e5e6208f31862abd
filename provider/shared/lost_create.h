// WebhookCreator: creates each webhook once, also when the answer to a create is lost on the way. It knows of no
// service: each create brings its two calls, and webhooks are compared as values of their schema (candidates.h, ADR
// 13).
//
// A create whose outcome is not known (reset, time-out, cut answer, 5xx, a 2xx of another form than documented, or with
// an id that this process knows already) is looked for in a listing of its scope that began after that. A listing that
// fails is made again for as long as other calls are (retry_timeout_seconds), whatever its error, but for a refusal
// that comes twice. Of what it has (candidates.h), less what this process knows: created or adopted here, or handed
// over as prior state, and once no equal create of this process still waits for its answer, which may own it:
// - webhooks created during the call, no more than there are equal creates with a lost answer: one of them is adopted;
// - none, but since the listing began an equal create has adopted one, perhaps ours: it is listed again;
// - none that may be ours: the create had no effect, and is tried once more. After a time-out the service may be at it
//   still, so it is looked for again 5 s later, before; and an id that was known already was an answer: no second try,
//   nor is there one where the caller says why;
// - anything else: an error that names them, and none is adopted.
// No listing precedes a create.
//
// After a stop the listing under way ends, and one more is made, of at most 10 s; the create is not tried again.
//
// Why this does not adopt somebody else's webhook: it would have to be created within the same few seconds, in the same
// scope, equal in all that a listing shows, while our own create had no effect. What remains is exactly that
// coincidence, with two more: a service that acts on a request only after it has been listed and tried again, or whose
// clock is more than 15 minutes behind, ends with two webhooks. None can be told from outside: the API has no
// idempotency key.
//
// Thread safety: safe to call from several threads.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <list>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "provider/shared/candidates.h"
#include "tfcpp/base/clock.h"
#include "tfcpp/base/context.h"
#include "tfcpp/base/result.h"
#include "tfcpp/schema/schema.h"
#include "tfcpp/value/value.h"

namespace mlflow {

// How texts for people call things.
struct CreateWords {
  std::string_view place;        // "workspace": what has the webhooks
  std::string_view data_source;  // "mlflow_webhooks": lists them
  std::string_view import_ids;   // "ADDRESS ID, or ADDRESS MODEL/ID": of `terraform import`
};

struct NewWebhook {
  // What the service decides is unknown. Every secret that goes along stands in the place of its plain form: a listing
  // shows addresses that a plan does not.
  const tfcpp::Value& sent;
  // What of the service has it, where a value does not say that: no listing of one scope shows what is in another.
  std::string scope = {};
  // Why a second try is of no use, as a sentence; empty: it may be of some.
  std::string why_once = {};
};

// Which listing is wanted.
struct ListOrder {
  // The service may have acted since the last one: what was asked for before now does not count.
  bool anew = false;
  std::optional<std::chrono::milliseconds> time = {};  // for all of it; nullopt: the service's own limit
};

// One create, as calls of the service that has the webhooks. Both are called by the thread that creates.
struct CreateCalls {
  // The webhook's id. Error::may_have_acted: its outcome is not known.
  std::function<tfcpp::Result<std::string>(const tfcpp::Context&)> create;
  // Everything of the scope that the webhook belongs to, in a listing that began after the last create.
  std::function<tfcpp::Result<Listed>(const tfcpp::Context&, const ListOrder&)> list;
};

class WebhookCreator {
 public:
  // The clock must outlive this, and so must the words' texts. `patience`: for how long listings that fail are made
  // again.
  WebhookCreator(tfcpp::Schema schema, CreateWords words, tfcpp::Clock& clock, std::chrono::milliseconds patience)
      : schema_(std::move(schema)), words_(words), clock_(clock), patience_(patience) {}

  // The id of the one webhook that was made: what `create` has answered, or an id of the last listing. Errors: the
  // calls' own; the texts say what is known of the webhook and what to do, and first what not to do.
  tfcpp::Result<std::string> Create(const tfcpp::Context& context, const NewWebhook& webhook, const CreateCalls& calls);

  // A webhook that is in somebody's state is never adopted, until it is deleted.
  void Know(const std::string& id);
  void Forget(const std::string& id);

 private:
  struct Attempt {
    const NewWebhook& webhook;
    const CreateCalls& calls;
    tfcpp::Value listed;  // what a listing shows of it
    tfcpp::Clock::SteadyTime began;
    tfcpp::Clock::WallTime wall_began;
    bool answer_lost = false;  // guarded by mutex_
  };
  class Registration;

  int Adoptions();
  void SetLost(Attempt& attempt, bool lost);
  // The call, with an id that nobody here knows yet.
  tfcpp::Result<std::string> Call(const tfcpp::Context& context, const Attempt& attempt);
  // The webhook of an attempt whose answer is lost; nullopt: there is none. Errors say why that cannot be told. Find
  // looks twice where the service may act late.
  tfcpp::Result<std::optional<std::string>> Find(const tfcpp::Context& context, const Attempt& attempt,
                                                 const tfcpp::Error& lost);
  tfcpp::Result<std::optional<std::string>> Look(const tfcpp::Context& context, const Attempt& attempt, bool anew);
  tfcpp::Result<Listed> List(const tfcpp::Context& context, const Attempt& attempt, bool anew);
  // `adoptions`: adoptions_ when the listing began. Sets `is_stale` where another attempt has taken since then what the
  // listing has, so that the attempt's own may be missing from it.
  tfcpp::Result<std::optional<std::string>> Adopt(const Attempt& attempt, const Listed& listed, const LostCall& call,
                                                  int adoptions, bool& is_stale);
  // Whether a listing cannot tell the webhooks of the two apart.
  bool LookAlike(const Attempt& attempt, const Attempt& other) const;
  // Whether it makes no difference which webhook is whose.
  bool AreInterchangeable(const Attempt& attempt, const Attempt& other) const;
  tfcpp::Error CannotTell(const tfcpp::Error& lost, std::string_view why) const;
  // The error to end with when there is no such webhook; nullopt: the create is to be tried once more.
  std::optional<tfcpp::Error> WhyNotAgain(const tfcpp::Error& lost, std::string_view why_once, bool first,
                                          bool stopped) const;

  const tfcpp::Schema schema_;
  const CreateWords words_;
  tfcpp::Clock& clock_;
  const std::chrono::milliseconds patience_;
  std::mutex mutex_;
  std::condition_variable changed_;  // of attempts_
  std::list<Attempt*> attempts_;     // all that are under way
  std::set<std::string, std::less<>> known_;
  int adoptions_ = 0;  // how many webhooks have been adopted
};

}  // namespace mlflow
