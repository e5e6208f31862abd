#include "provider/registry_webhook/service.h"

#include <string>
#include <utility>

#include "provider/registry_webhook/schema.h"
#include "provider/shared/entry_candidates.h"

namespace mlflow {
namespace {

using std::chrono::milliseconds;
using tfcpp::Context;
using tfcpp::Error;
using tfcpp::ErrorCode;
using tfcpp::Json;
using tfcpp::Result;
using tfcpp::Value;

constexpr CreateWords kWords{
    .place = "workspace", .data_source = "mlflow_webhooks", .import_ids = "ADDRESS ID, or ADDRESS MODEL/ID"};

// What the shared listing has, for the caller to keep.
Result<std::optional<RegistryWebhook>> Copy(const Result<const RegistryWebhook*>& found) {
  if (!found.has_value()) return found.error();
  return *found == nullptr ? std::optional<RegistryWebhook>() : std::optional(**found);
}

// Reads the webhook of an answer.
tfcpp::rest::ReadAnswered ReadInto(RegistryWebhook& webhook, const tfcpp::rest::KnownSecrets& secrets) {
  return [&](const Json& json) { return Take(ReadWebhook(json, secrets), webhook); };
}

// As long as the listing.
Listed ListedIn(const Listing& listing, std::uint64_t writes) {
  return {.candidates = CandidatesOf(listing),
          .answered_at = listing.answered_at,
          .complete = listing.complete_for.value_or(0) >= writes};
}

}  // namespace

std::string_view ListingAdvice(const Error& error, std::string_view model_name) {
  if (error.code != ErrorCode::kPermissionDenied || !model_name.empty()) return {};
  return "Without model_name all webhooks of the workspace are listed, which needs workspace admin rights. Set "
         "model_name to look at the webhooks of one model.";
}

WebhookService::WebhookService(tfcpp::databricks::RegistryWebhooks& api, tfcpp::Clock& clock, milliseconds patience)
    : api_(api),
      listings_(api, clock, ListingBounds::WithPatience(patience)),
      creator_(WebhookSchema(), kWords, clock, patience) {}

Result<RegistryWebhook> WebhookService::Create(const Context& context, const NewWebhook& webhook,
                                               const Json::Members& request) {
  const Value& model_name = webhook.sent.Get("model_name");
  const std::string scope = model_name.is_null() ? kWorkspaceScope : model_name.AsString();
  std::uint64_t writes = 0;  // of this process, when the service may have acted
  RegistryWebhook answer;
  SharedListing listing;
  const auto create = [&](const Context& under) -> Result<std::string> {
    const Result<void> created = api_.Create(under, request, ReadInto(answer, api_.secrets()));
    writes = listings_.Wrote();
    if (!created.has_value()) return created.error();
    return answer.id;
  };
  const auto list = [&](const Context& under, const ListOrder& order) -> Result<Listed> {
    if (order.anew) writes = listings_.Wrote();
    TFCPP_ASSIGN_OR_RETURN(listing, order.time.has_value()
                                        ? listings_.Get(under, scope, {.writes = writes, .time = order.time})
                                        : listings_.GetComplete(under, scope, {.writes = writes}));
    return ListedIn(*listing, writes);
  };
  TFCPP_ASSIGN_OR_RETURN(const std::string id, creator_.Create(context, webhook, {create, list}));
  return id == answer.id ? answer : listing->webhooks.at(id);
}

Result<Sighting> WebhookService::Find(const Context& context, const WebhookKey& key) {
  TFCPP_ASSIGN_OR_RETURN(auto listed, FindListed(context, key));
  if (listed.has_value() || key.model_name.empty()) return Sighting{.webhook = std::move(listed)};
  return FindRenamed(context, key.id);
}

Result<std::optional<RegistryWebhook>> WebhookService::FindListed(const Context& context, const WebhookKey& key) {
  creator_.Know(key.id);
  if (NoteScopeRead(key.model_name)) {
    const auto all = listings_.Get(context, kWorkspaceScope);
    if (!all.has_value()) {
      if (all.error().code != ErrorCode::kPermissionDenied) return all.error();
      NoteRefusal(all.error());
    } else if ((*all)->Has(key.id)) {
      return Copy((*all)->Find(key.id));
    }
    // That it is gone is for its model's own listing to say: this one may have left out what is not ours to see.
  }
  const auto listing = listings_.GetComplete(context, key.model_name, {}, key.id);
  if (listing.has_value()) return Copy((*listing)->Find(key.id));
  if (!key.model_name.empty() && listing.error().reason == kDoesNotExist) return std::optional<RegistryWebhook>();
  return listing.error();
}

// What everything lacked at any time of this run is gone, whatever the listing's age: ids are not given again. That it
// is there is to be believed of a young one only.
Result<Sighting> WebhookService::FindRenamed(const Context& context, const std::string& id) {
  for (const bool of_any_age : {true, false}) {
    if (all_refused_) return Sighting{.by_its_model_alone = true};
    const auto all = listings_.GetComplete(context, kWorkspaceScope, {.of_any_age = of_any_age}, id);
    if (!all.has_value()) {
      NoteRefusal(all.error());
      if (all_refused_) continue;
      return all.error();
    }
    TFCPP_ASSIGN_OR_RETURN(const RegistryWebhook* webhook, (*all)->Find(id));
    if (webhook == nullptr) break;
    if (!of_any_age) return Sighting{.webhook = *webhook};
  }
  return Sighting{};
}

// Only the service's own word on rights is a refusal for the whole run, not a gateway's or that of a bad token.
void WebhookService::NoteRefusal(const Error& error) {
  if (error.code == ErrorCode::kPermissionDenied && error.reason == kPermissionDenied) all_refused_ = true;
}

bool WebhookService::NoteScopeRead(const std::string& model_name) {
  const std::lock_guard lock(mutex_);
  scopes_read_.insert(model_name);
  return model_name != kWorkspaceScope && scopes_read_.size() > 1 && !all_refused_;
}

Result<std::optional<RegistryWebhook>> WebhookService::Update(const Context& context, const WebhookKey& key,
                                                              Json::Members changes) {
  creator_.Know(key.id);
  RegistryWebhook webhook;
  const Result<bool> updated = api_.Update(context, key.id, std::move(changes), ReadInto(webhook, api_.secrets()));
  listings_.Wrote();
  if (!updated.has_value()) return updated.error();
  return *updated ? std::optional(std::move(webhook)) : std::nullopt;
}

Result<bool> WebhookService::Delete(const Context& context, const WebhookKey& key) {
  creator_.Know(key.id);
  const Result<void> deleted = api_.Delete(context, key.id);
  listings_.Wrote();
  if (!deleted.has_value() && deleted.error().reason != kDoesNotExist) {
    if (!deleted.error().may_have_acted) return deleted.error();
    TFCPP_RETURN_IF_ERROR(RequireGone(context, key, deleted.error()));
  }
  creator_.Forget(key.id);
  return deleted.has_value();
}

// The word of its model's listing alone is not enough here: the webhook of a renamed model would be forgotten.
Result<void> WebhookService::RequireGone(const Context& context, const WebhookKey& key, Error unclear) {
  const auto found = Find(context, key);
  if (found.has_value() && !found->webhook.has_value() && !found->by_its_model_alone) return {};
  unclear.message += found.has_value() && found->webhook.has_value()
                         ? "\n\nThe webhook is still listed, so it stays in the state. Apply again."
                         : "\n\nIt could not be found out whether the webhook is gone, so it stays in the state. Apply "
                           "again: the next plan looks for it.";
  return unclear;
}

}  // namespace mlflow
