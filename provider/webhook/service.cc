#include "provider/webhook/service.h"

#include <set>

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

}  // namespace

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
    if (!page_token.empty() && !seen_tokens.insert(page_token).second) {
      return Error{.code = ErrorCode::kMalformed,
                   .message =
                       "The service's listing of webhooks came back to a page that it had given before, so it has no "
                       "end. Nothing was concluded from it; try again."};
    }
  } while (!page_token.empty());
  return std::optional<RegistryWebhook>();
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
