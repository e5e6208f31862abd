#include "provider/webhook/service.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "base/strings.h"

namespace mlflow {
namespace {

using tfcpp::Context;
using tfcpp::Error;
using tfcpp::ErrorCode;
using tfcpp::Result;
using tfcpp::databricks::RegistryWebhook;
using tfcpp::databricks::RegistryWebhookFilter;
using tfcpp::databricks::RegistryWebhookInput;
using tfcpp::databricks::RegistryWebhookPage;

Error EndlessListing() {
  return {.code = ErrorCode::kMalformed,
          .message =
              "The service's listing of webhooks came back to a page that it had given before, so it has no end. "
              "Nothing was concluded from it; try again."};
}

}  // namespace

std::string_view ListingAdvice(const Error& error, std::string_view model_name) {
  if (error.code != ErrorCode::kPermissionDenied || !model_name.empty()) return {};
  return "Without model_name all webhooks of the workspace are listed, which needs workspace admin rights. Set "
         "model_name to look at the webhooks of one model.";
}

Result<RegistryWebhook> WebhookService::Create(const Context& context, const RegistryWebhookInput& input) {
  return api_.Create(context, input);
}

Result<std::optional<RegistryWebhook>> WebhookService::Find(const Context& context, const WebhookKey& key) {
  const RegistryWebhookFilter filter{.model_name = key.model_name, .events = {}};
  std::set<std::string> seen_tokens;
  std::string page_token;
  do {
    Result<RegistryWebhookPage> page = api_.ListPage(context, filter, page_token);
    if (!page.has_value()) {
      if (!key.model_name.empty() && page.error().reason == kDoesNotExist) return std::optional<RegistryWebhook>();
      return std::move(page).error();
    }
    for (RegistryWebhook& webhook : page->webhooks) {
      if (webhook.id == key.id) return std::optional<RegistryWebhook>(std::move(webhook));
    }
    page_token = page->next_page_token;
    if (!page_token.empty() && !seen_tokens.insert(page_token).second) return EndlessListing();
  } while (!page_token.empty());
  return std::optional<RegistryWebhook>();
}

Result<std::vector<RegistryWebhook>> WebhookService::List(const Context& context, const std::string& model_name) {
  const RegistryWebhookFilter filter{.model_name = model_name, .events = {}};
  std::vector<RegistryWebhook> webhooks;
  std::set<std::string> seen_tokens;
  std::string page_token;
  do {
    TFCPP_ASSIGN_OR_RETURN(RegistryWebhookPage page, api_.ListPage(context, filter, page_token));
    std::move(page.webhooks.begin(), page.webhooks.end(), std::back_inserter(webhooks));
    page_token = page.next_page_token;
    if (!page_token.empty() && !seen_tokens.insert(page_token).second) return EndlessListing();
  } while (!page_token.empty());
  std::sort(webhooks.begin(), webhooks.end(),
            [](const RegistryWebhook& a, const RegistryWebhook& b) { return a.id < b.id; });
  // Pages shift when webhooks are made or deleted meanwhile, and one may come twice.
  webhooks.erase(std::unique(webhooks.begin(), webhooks.end(),
                             [](const RegistryWebhook& a, const RegistryWebhook& b) { return a.id == b.id; }),
                 webhooks.end());
  return webhooks;
}

Result<std::optional<RegistryWebhook>> WebhookService::Update(const Context& context, const std::string& id,
                                                              const RegistryWebhookInput& changes) {
  return api_.Update(context, id, changes);
}

Result<bool> WebhookService::Delete(const Context& context, const std::string& id) {
  const Result<void> deleted = api_.Delete(context, id);
  if (deleted.has_value()) return true;
  if (deleted.error().reason == kDoesNotExist) return false;
  return deleted.error();
}

}  // namespace mlflow
