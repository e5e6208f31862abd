#include "provider/server_webhook/filter.h"

#include "provider/server_webhook/schema.h"
#include "provider/shared/filter.h"

namespace mlflow {

std::vector<tfcpp::Attribute> ServerFilterAttributes() {
  const tfcpp::Schema& webhook = ServerWebhookSchema();
  return {FilterBy(webhook, "name", "Only webhooks of this name. Several may have it."),
          FilterBy(webhook, "events", "Only webhooks that at least one of these events triggers."),
          FilterBy(webhook, "status", "Only webhooks of this status."), FilterByUrlPrefix(),
          FilterBy(webhook, "workspace",
                   "The MLflow workspace to look into. When absent, the provider's `tracking_workspace`, and without "
                   "that the server's default one.")};
}

ServerWebhookFilter ReadServerFilter(const tfcpp::Value& config) {
  return {.name = TextFilter(config, "name"),
          .events = TextsFilter(config, "events"),
          .status = TextFilter(config, "status"),
          .url_prefix = TextFilter(config, "url_prefix")};
}

bool Fits(const ServerWebhookFilter& filter, const ServerWebhook& webhook) {
  return FitsText(filter.name, webhook.name) && FitsAny(filter.events, webhook.events) &&
         FitsText(filter.status, webhook.status) && FitsPrefix(filter.url_prefix, *webhook.url);
}

}  // namespace mlflow
