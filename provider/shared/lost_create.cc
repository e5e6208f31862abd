#include "provider/shared/lost_create.h"

#include <algorithm>
#include <chrono>
#include <utility>
#include <vector>

#include "tfcpp/base/strings.h"
#include "tfcpp/framework/schema_walk.h"

namespace mlflow {
namespace {

using std::chrono::duration_cast;
using std::chrono::milliseconds;
using tfcpp::Concat;
using tfcpp::Context;
using tfcpp::Error;
using tfcpp::ErrorCode;
using tfcpp::Result;
using tfcpp::Value;

constexpr milliseconds kLastLook{10'000};  // after a stop
// Of a service that did not answer in time: what it will have done by then, it has most probably done.
constexpr milliseconds kLateActor{5'000};
constexpr char kIdInUse[] = "id_in_use";

Error WithText(Error error, std::string_view text) {
  error.message += Concat("\n\n", text);
  return error;
}

bool MayActLate(const Error& lost) { return lost.code == ErrorCode::kDeadlineExceeded; }

// What will not change by asking again.
bool IsRefusal(const Error& error) {
  if (error.reason == "tls") return true;  // a certificate does not get better by asking again
  switch (error.code) {
    case ErrorCode::kInvalidArgument:
    case ErrorCode::kUnauthenticated:
    case ErrorCode::kPermissionDenied:
    case ErrorCode::kNotFound:
      return true;
    default:
      return false;
  }
}

// Without what the service is never told.
Value WhatIsSent(const tfcpp::Schema& schema, const Value& sent) {
  return tfcpp::TransformBySchema(schema, sent, {}, [](const tfcpp::AttributeVisit& visit) {
    return visit.attribute.unreturned ? Value::Null(visit.attribute.ImpliedType()) : visit.value;
  });
}

}  // namespace

// Makes an attempt visible to the others while it is under way.
class WebhookCreator::Registration {
 public:
  Registration(WebhookCreator& creator, Attempt& attempt) : creator_(creator) {
    const std::lock_guard lock(creator_.mutex_);
    entry_ = creator_.attempts_.insert(creator_.attempts_.end(), &attempt);
  }
  ~Registration() {
    const std::lock_guard lock(creator_.mutex_);
    creator_.attempts_.erase(entry_);
    creator_.changed_.notify_all();
  }
  Registration(const Registration&) = delete;
  Registration& operator=(const Registration&) = delete;

 private:
  WebhookCreator& creator_;
  std::list<Attempt*>::iterator entry_;
};

void WebhookCreator::Know(const std::string& id) {
  const std::lock_guard lock(mutex_);
  known_.insert(id);
}

void WebhookCreator::Forget(const std::string& id) {
  const std::lock_guard lock(mutex_);
  known_.erase(id);
}

int WebhookCreator::Adoptions() {
  const std::lock_guard lock(mutex_);
  return adoptions_;
}

void WebhookCreator::SetLost(Attempt& attempt, bool lost) {
  const std::lock_guard lock(mutex_);
  attempt.answer_lost = lost;
  changed_.notify_all();
}

bool WebhookCreator::LookAlike(const Attempt& attempt, const Attempt& other) const {
  return attempt.webhook.scope == other.webhook.scope && LooksLike(schema_, attempt.webhook.sent, other.listed);
}

bool WebhookCreator::AreInterchangeable(const Attempt& attempt, const Attempt& other) const {
  return WhatIsSent(schema_, attempt.webhook.sent) == WhatIsSent(schema_, other.webhook.sent);
}

// What is done next hangs on the first sentence: Terraform remembers nothing of a create that has failed.
Error WebhookCreator::CannotTell(const Error& lost, std::string_view why) const {
  Error error = lost;
  error.message = Concat(
      "Do not apply again yet: the webhook may exist, and another apply would make a second one, because Terraform "
      "remembers nothing of a create that has failed.\n\n",
      lost.message, "\n\nIt is not known whether the service has created the webhook: ", why,
      "\n\nList the webhooks of the ", words_.place, " (the data source ", words_.data_source,
      "), and look for one that equals the one asked for and that nobody else has made. If there is one, import it "
      "(terraform import ",
      words_.import_ids,
      "), or delete it; then apply. If there is none, apply. The guide \"After a kill or a lost answer\" has it step "
      "by "
      "step.");
  return error;
}

std::optional<Error> WebhookCreator::WhyNotAgain(const Error& lost, std::string_view why_once, bool first,
                                                 bool stopped) const {
  if (lost.reason == kIdInUse) return WithText(lost, "There is no other webhook that equals the one asked for.");
  if ((!first || stopped) && MayActLate(lost)) {
    return CannotTell(lost, "it was not found, but a service that is that slow may make it yet.");
  }
  if (!first) {
    return WithText(lost,
                    "The provider looked for the webhook, did not find it, tried once more, and again did not find it. "
                    "Apply again when the service is well.");
  }
  if (!why_once.empty()) {
    return WithText(
        lost, Concat("The provider looked for the webhook and did not find it. It did not try again: ", why_once));
  }
  if (!stopped) return std::nullopt;
  return WithText(
      lost, "The provider looked for the webhook and did not find it. The run was stopped, so it did not try again.");
}

Result<std::string> WebhookCreator::Call(const Context& context, const Attempt& attempt) {
  Result<std::string> id = attempt.calls.create(context);
  if (!id.has_value()) return id;
  const std::lock_guard lock(mutex_);
  if (known_.insert(*id).second) return id;
  return Error{.code = ErrorCode::kMalformed,
               .message = Concat("The service answered the create with the id of another webhook, ", *id,
                                 ", which this run knows already."),
               .reason = kIdInUse,
               .may_have_acted = true};
}

Result<std::string> WebhookCreator::Create(const Context& context, const NewWebhook& webhook,
                                           const CreateCalls& calls) {
  Attempt attempt{.webhook = webhook,
                  .calls = calls,
                  .listed = AsListed(schema_, webhook.sent),
                  .began = clock_.Now(),
                  .wall_began = clock_.WallNow()};
  const Registration registration(*this, attempt);
  for (bool first = true;; first = false) {
    Result<std::string> created = Call(context, attempt);
    if (created.has_value() || !created.error().may_have_acted) return created;
    const Error& lost = created.error();
    context.log.Warn("the answer to a create was lost; looking for the webhook", {{"reason", lost.reason}});
    SetLost(attempt, true);
    const Result<std::optional<std::string>> found = Find(context, attempt, lost);
    if (!found.has_value()) return CannotTell(lost, found.error().message);
    if (found->has_value()) {
      context.log.Info("adopted the webhook of a create whose answer was lost", {{"id", **found}});
      return **found;
    }
    if (const auto end = WhyNotAgain(lost, webhook.why_once, first, context.stop.stop_requested())) return *end;
    SetLost(attempt, false);
  }
}

Result<std::optional<std::string>> WebhookCreator::Find(const Context& context, const Attempt& attempt,
                                                        const Error& lost) {
  auto found = Look(context, attempt, /*anew=*/false);
  const bool is_there_or_unknown = !found.has_value() || found->has_value();
  if (is_there_or_unknown || !MayActLate(lost) || !clock_.SleepFor(kLateActor, context.stop)) return found;
  return Look(context, attempt, /*anew=*/true);  // by now, perhaps
}

// Of two attempts that look alike, either may have taken the other's webhook. The listing of the one that is left may
// be older than what it is left with, so another one is made: once for each adoption that came between, at most.
Result<std::optional<std::string>> WebhookCreator::Look(const Context& context, const Attempt& attempt, bool anew) {
  for (bool is_stale = true;; anew = true) {
    const int adoptions = Adoptions();
    const auto listed = List(context, attempt, anew);
    if (!listed.has_value()) {
      return Error{.code = listed.error().code, .message = Concat("to look for it failed. ", listed.error().message)};
    }
    const LostCall call{
        .schema = schema_,
        .planned = attempt.webhook.sent,
        .elapsed = duration_cast<milliseconds>(clock_.Now() - attempt.began),
        .wall_elapsed = duration_cast<milliseconds>(clock_.WallNow() - attempt.wall_began),
    };
    auto found = Adopt(attempt, *listed, call, adoptions, is_stale);
    if (!is_stale) return found;
  }
}

// Much hangs on it, and what broke the create may have broken the listing as well.
Result<Listed> WebhookCreator::List(const Context& context, const Attempt& attempt, bool anew) {
  constexpr milliseconds kStep{1'000};
  constexpr milliseconds kLongestWait{10'000};
  const auto began = clock_.Now();
  int refusals = 0;
  for (int number = 1; !context.stop.stop_requested(); ++number) {
    auto listed = attempt.calls.list(context, {.anew = std::exchange(anew, false)});
    if (listed.has_value()) return listed;
    if (context.stop.stop_requested()) break;
    if (IsRefusal(listed.error()) && ++refusals == 2) return listed;
    const milliseconds wait = std::min(kStep * number, kLongestWait);
    if (clock_.Now() - began + wait > patience_) return listed;
    clock_.SleepFor(wait, context.stop);
  }
  return attempt.calls.list({context.stop, context.log, /*finishing=*/true}, {.anew = anew, .time = kLastLook});
}

Result<std::optional<std::string>> WebhookCreator::Adopt(const Attempt& attempt, const Listed& listed,
                                                         const LostCall& call, int adoptions, bool& is_stale) {
  std::unique_lock lock(mutex_);
  const auto equals = [&](const Attempt* other) { return other == &attempt || LookAlike(attempt, *other); };
  changed_.wait(lock, [&] {
    return std::none_of(attempts_.begin(), attempts_.end(),
                        [&](const Attempt* other) { return !other->answer_lost && equals(other); });
  });
  Found found = FindCandidates(listed, call, [&](const std::string& id) { return known_.contains(id); });
  is_stale = found.ours.empty() && found.doubtful.empty() && adoptions != adoptions_;
  if (found.ours.empty() && found.doubtful.empty()) {
    if (listed.complete) return std::optional<std::string>();
    return Error{
        .code = ErrorCode::kUnavailable,
        .message = "it was not found, but webhooks may have been passed over between the pages of the listing."};
  }

  const auto rivals = static_cast<std::size_t>(std::count_if(attempts_.begin(), attempts_.end(), equals));
  // A listing shows no secrets: creates that differ in those alone cannot share what it shows.
  const bool interchangeable = std::all_of(attempts_.begin(), attempts_.end(), [&](const Attempt* other) {
    return !equals(other) || AreInterchangeable(attempt, *other);
  });
  if (!found.doubtful.empty() || found.ours.size() > rivals || !interchangeable) {
    std::vector<std::string> named = std::move(found.doubtful);
    for (const Candidate& ours : found.ours) named.push_back(Concat(ours.id, " (created during the call)"));
    return Error{
        .code = ErrorCode::kAlreadyExists,
        .message = Concat("the ", words_.place,
                          " has what equals the one asked for, and the provider cannot tell which is its own: ",
                          tfcpp::Join(named, ", "), ". It adopted none.")};
  }
  const auto oldest = std::min_element(found.ours.begin(), found.ours.end(),
                                       [](const Candidate& a, const Candidate& b) { return a.created < b.created; });
  known_.insert(oldest->id);
  ++adoptions_;
  return std::optional<std::string>(oldest->id);
}

}  // namespace mlflow
