#include "provider/webhook/lost_create.h"

#include <algorithm>
#include <chrono>
#include <utility>
#include <vector>

#include "base/strings.h"

namespace mlflow {
namespace {

using std::chrono::milliseconds;
using tfcpp::Concat;
using tfcpp::Context;
using tfcpp::Error;
using tfcpp::ErrorCode;
using tfcpp::Result;
using tfcpp::databricks::RegistryWebhook;
using tfcpp::databricks::RegistryWebhookInput;

constexpr milliseconds kSlack{5'000};

void Normalise(RegistryWebhook& webhook) {
  std::sort(webhook.events.begin(), webhook.events.end());
  webhook.events.erase(std::unique(webhook.events.begin(), webhook.events.end()), webhook.events.end());
  if (webhook.status.empty()) webhook.status = "ACTIVE";
}

RegistryWebhook AppearanceOf(const RegistryWebhookInput& input) {
  RegistryWebhook webhook;
  webhook.events = input.events.value_or(std::vector<std::string>());
  webhook.model_name = input.model_name.value_or("");
  webhook.description = input.description.value_or("");
  webhook.status = input.status.value_or("");
  if (const auto& spec = input.http_url_spec) {
    webhook.http_url_spec = RegistryWebhook::HttpUrlSpec{spec->url, spec->enable_ssl_verification};
  }
  if (const auto& spec = input.job_spec) {
    webhook.job_spec = RegistryWebhook::JobSpec{spec->job_id, spec->workspace_url.value_or("")};
  }
  Normalise(webhook);
  return webhook;
}

RegistryWebhook AppearanceOf(RegistryWebhook webhook) {
  webhook.id.clear();
  webhook.creation_timestamp = 0;
  webhook.last_updated_timestamp = 0;
  Normalise(webhook);
  return webhook;
}

// `error` with what was found out since.
Error Told(Error error, std::string_view text) {
  error.message += Concat("\n\n", text);
  return error;
}

Error CannotTell(std::string_view why) {
  return {.code = ErrorCode::kUnavailable,
          .message = Concat("It is not known whether the service has created the webhook: ", why,
                            "\n\nLook at the workspace's webhooks before you apply again. If it is there, delete it or "
                            "import it; otherwise a second one would be made."),
          .may_have_acted = true};
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

void WebhookCreator::SetLost(Attempt& attempt, bool lost) {
  const std::lock_guard lock(mutex_);
  attempt.answer_lost = lost;
  changed_.notify_all();
}

Result<RegistryWebhook> WebhookCreator::Create(const Context& context, const RegistryWebhookInput& input) {
  Attempt attempt{.input = input, .appearance = AppearanceOf(input), .began = clock_.Now()};
  const Registration registration(*this, attempt);
  for (bool first = true;; first = false) {
    Result<RegistryWebhook> created = api_.Create(context, input);
    listings_.Wrote(attempt.appearance.model_name);
    if (created.has_value()) {
      Know(created->id);
      return created;
    }
    if (!created.error().may_have_acted) return created;
    context.log.Warn("the answer to a create was lost; looking for the webhook", {{"reason", created.error().reason}});
    SetLost(attempt, true);
    Result<std::optional<RegistryWebhook>> found = Look({context.stop, context.log, true}, attempt);
    if (!found.has_value()) return Told(created.error(), found.error().message);
    if (found->has_value()) {
      context.log.Info("adopted the webhook of a create whose answer was lost", {{"id", (*found)->id}});
      return **found;
    }
    if (!first) {
      return Told(created.error(),
                  "The provider looked for the webhook, did not find it, tried once more, and again did not find it. "
                  "Apply again when the service is well.");
    }
    if (context.stop.stop_requested()) {
      return Told(created.error(),
                  "The provider looked for the webhook and did not find it. The run was stopped, so it did not try "
                  "again.");
    }
    SetLost(attempt, false);
  }
}

Result<std::optional<RegistryWebhook>> WebhookCreator::Look(const Context& context, Attempt& attempt) {
  auto listing = ListAnew(context, api_, attempt.appearance.model_name);
  // Much hangs on it, and what broke the create may have broken the listing as well.
  if (!listing.has_value()) listing = ListAnew(context, api_, attempt.appearance.model_name);
  if (!listing.has_value()) return CannotTell(Concat("to look for it failed. ", listing.error().message));
  // In milliseconds, as all times here: the service may name years that nanoseconds do not reach.
  const auto elapsed = std::chrono::duration_cast<milliseconds>(clock_.Now() - attempt.began);
  std::vector<RegistryWebhook> candidates;
  for (const auto& [id, webhook] : listing->webhooks) {
    if (AppearanceOf(webhook) != attempt.appearance) continue;
    if (!listing->answered_at.has_value()) {
      return CannotTell(Concat("there is an equal webhook, ", id,
                               ", but the answer has no Date header, so it is not known whether it is older."));
    }
    const std::chrono::sys_time<milliseconds> created{milliseconds(webhook.creation_timestamp)};
    if (created >= *listing->answered_at - elapsed - kSlack) candidates.push_back(webhook);
  }
  return Adopt(attempt, std::move(candidates));
}

Result<std::optional<RegistryWebhook>> WebhookCreator::Adopt(const Attempt& attempt,
                                                             std::vector<RegistryWebhook> candidates) {
  std::unique_lock lock(mutex_);
  const auto equals = [&](const Attempt* other) { return other->appearance == attempt.appearance; };
  changed_.wait(lock, [&] {
    return std::none_of(attempts_.begin(), attempts_.end(),
                        [&](const Attempt* other) { return equals(other) && !other->answer_lost; });
  });
  std::erase_if(candidates, [&](const RegistryWebhook& webhook) { return known_.contains(webhook.id); });
  if (candidates.empty()) return std::optional<RegistryWebhook>();

  const auto rivals = static_cast<std::size_t>(std::count_if(attempts_.begin(), attempts_.end(), equals));
  // A listing shows no secrets: creates that differ in those alone cannot share what it shows.
  const bool interchangeable = std::all_of(attempts_.begin(), attempts_.end(), [&](const Attempt* other) {
    return !equals(other) || other->input == attempt.input;
  });
  if (candidates.size() > rivals || !interchangeable) {
    std::vector<std::string> ids;
    for (const RegistryWebhook& webhook : candidates) ids.push_back(webhook.id);
    return Error{.code = ErrorCode::kAlreadyExists,
                 .message = Concat("The workspace has webhooks that equal the one asked for and were created since: ",
                                   tfcpp::Join(ids, ", "),
                                   ". The provider cannot tell which is its own, and adopted none.\n\nBefore you apply "
                                   "again, delete those that nobody needs, and import the one that you keep; "
                                   "otherwise one more would be made."),
                 .may_have_acted = true};
  }
  const auto oldest = std::min_element(candidates.begin(), candidates.end(), [](const auto& a, const auto& b) {
    return a.creation_timestamp < b.creation_timestamp;
  });
  known_.insert(oldest->id);
  return std::optional<RegistryWebhook>(*oldest);
}

}  // namespace mlflow
