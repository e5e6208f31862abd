#include "provider/webhook/service.h"

#include <utility>
#include <vector>

namespace mlflow {
namespace {

using tfcpp::Context;
using tfcpp::Error;
using tfcpp::ErrorCode;
using tfcpp::Result;
using tfcpp::databricks::RegistryWebhook;
using tfcpp::databricks::RegistryWebhookInput;

std::optional<RegistryWebhook> Copy(const RegistryWebhook* webhook) {
  return webhook == nullptr ? std::nullopt : std::optional(*webhook);
}

}  // namespace

std::string_view ListingAdvice(const Error& error, std::string_view model_name) {
  if (error.code != ErrorCode::kPermissionDenied || !model_name.empty()) return {};
  return "Without model_name all webhooks of the workspace are listed, which needs workspace admin rights. Set "
         "model_name to look at the webhooks of one model.";
}

Result<RegistryWebhook> WebhookService::Create(const Context& context, const RegistryWebhookInput& input) {
  return creator_.Create(context, input);
}

Result<std::optional<RegistryWebhook>> WebhookService::Find(const Context& context, const WebhookKey& key) {
  creator_.Know(key.id);
  if (IsListingAllCheaper(key.model_name)) {
    const auto all = listings_.Get(context, kWorkspaceScope);
    if (all.has_value()) {
      const RegistryWebhook* webhook = (*all)->Find(key.id);
      if (webhook != nullptr && webhook->model_name == key.model_name) return Copy(webhook);
      // That it is gone is for its model's own listing to say: this one may have left out what is not ours to see.
    } else if (all.error().code == ErrorCode::kPermissionDenied) {
      all_refused_ = true;
    } else {
      return all.error();
    }
  }
  return FindInScope(context, key);
}

bool WebhookService::IsListingAllCheaper(const std::string& model_name) {
  const std::lock_guard lock(mutex_);
  scopes_read_.insert(model_name);
  return model_name != kWorkspaceScope && scopes_read_.size() > 1 && !all_refused_;
}

Result<SharedListing> WebhookService::ListConsistently(const Context& context, const std::string& scope,
                                                       const std::string& wanted) {
  SharedListing listing;
  for (int listings = 1; listings <= 2; ++listings) {
    TFCPP_ASSIGN_OR_RETURN(listing, listings_.Get(context, scope, listing));
    if (listing->confirmed || (!wanted.empty() && listing->Find(wanted) != nullptr)) return listing;
  }
  return Error{.code = ErrorCode::kUnavailable,
               .message =
                   "The service's listing of webhooks changed while it was read, so it is not known whether it is "
                   "complete. Nothing was concluded from it; try again."};
}

Result<std::optional<RegistryWebhook>> WebhookService::FindInScope(const Context& context, const WebhookKey& key) {
  const auto listing = ListConsistently(context, key.model_name, key.id);
  if (listing.has_value()) return Copy((*listing)->Find(key.id));
  if (!key.model_name.empty() && listing.error().reason == kDoesNotExist) return std::optional<RegistryWebhook>();
  return listing.error();
}

Result<std::vector<RegistryWebhook>> WebhookService::List(const Context& context, const std::string& model_name) {
  TFCPP_ASSIGN_OR_RETURN(const SharedListing listing, ListConsistently(context, model_name, /*wanted=*/""));
  std::vector<RegistryWebhook> webhooks;
  for (const auto& [id, webhook] : listing->webhooks) webhooks.push_back(webhook);
  return webhooks;
}

Result<std::optional<RegistryWebhook>> WebhookService::Update(const Context& context, const WebhookKey& key,
                                                              const RegistryWebhookInput& changes) {
  creator_.Know(key.id);
  auto updated = api_.Update(context, key.id, changes);
  listings_.Wrote(key.model_name);
  return updated;
}

Result<bool> WebhookService::Delete(const Context& context, const WebhookKey& key) {
  creator_.Know(key.id);
  const Result<void> deleted = api_.Delete(context, key.id);
  listings_.Wrote(key.model_name);
  if (deleted.has_value()) return true;
  if (deleted.error().reason == kDoesNotExist) return false;
  return deleted.error();
}

}  // namespace mlflow
