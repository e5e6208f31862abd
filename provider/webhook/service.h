// WebhookService: the registry's webhooks in the operations that a resource needs, put together from API calls.
//
// The API has no get by id, so a read lists: with model_name where the webhook has one, because a person who may manage
// only that model may list only that model. A listing is complete when its last page has come; only then is a webhook
// that it lacks gone. Thread safety: safe to call from several threads.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "databricks/registry_webhooks.h"

namespace mlflow {

// The service's code for "there is no such webhook" and "there is no such model". A 404 without it may come from a
// proxy, or from a server that does not know the path, and tells nothing about the webhook.
inline constexpr char kDoesNotExist[] = "RESOURCE_DOES_NOT_EXIST";

struct WebhookKey {
  std::string id;
  std::string model_name;  // empty: registry-wide
};

// What to do about a listing that failed, where the message alone may leave that open; else empty.
std::string_view ListingAdvice(const tfcpp::Error& error, std::string_view model_name);

class WebhookService {
 public:
  explicit WebhookService(tfcpp::databricks::RegistryWebhooks& api) : api_(api) {}

  tfcpp::Result<tfcpp::databricks::RegistryWebhook> Create(const tfcpp::Context& context,
                                                           const tfcpp::databricks::RegistryWebhookInput& input);
  // Nullopt: surely gone: a complete listing lacks it, or its model does not exist. Anything else that goes wrong is an
  // error: a refusal, a cut listing, a page token that comes again.
  tfcpp::Result<std::optional<tfcpp::databricks::RegistryWebhook>> Find(const tfcpp::Context& context,
                                                                        const WebhookKey& key);
  // All webhooks, of one model when `model_name` is not empty, sorted by id: a complete listing or an error.
  tfcpp::Result<std::vector<tfcpp::databricks::RegistryWebhook>> List(const tfcpp::Context& context,
                                                                      const std::string& model_name);
  // Nullopt: the service took the update without saying what the webhook is now.
  tfcpp::Result<std::optional<tfcpp::databricks::RegistryWebhook>> Update(
      const tfcpp::Context& context, const std::string& id, const tfcpp::databricks::RegistryWebhookInput& changes);
  // False: there was no such webhook.
  tfcpp::Result<bool> Delete(const tfcpp::Context& context, const std::string& id);

 private:
  tfcpp::databricks::RegistryWebhooks& api_;
};

}  // namespace mlflow
