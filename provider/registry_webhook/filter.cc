#include "provider/registry_webhook/filter.h"

#include "provider/registry_webhook/schema.h"
#include "provider/shared/filter.h"
#include "tfcpp/schema/validators.h"

namespace mlflow {
namespace {

using tfcpp::Diagnostics;
using tfcpp::Path;
using tfcpp::Type;
using tfcpp::Value;

constexpr char kHttp[] = "http";
constexpr char kJob[] = "job";

void CheckPrefixWithTarget(const Value& config, Diagnostics& diagnostics) {
  const Value& target = config.Get("target");
  if (!target.is_set() || target.AsString() != kJob || config.Get("url_prefix").may_be_null()) return;
  diagnostics.AddError("Filters that nothing can fit",
                       "url_prefix fits webhooks that call an HTTPS endpoint, but target = \"job\" asks for the "
                       "others. Remove one of them.",
                       Path("target"));
}

}  // namespace

std::vector<tfcpp::Attribute> FilterAttributes() {
  const tfcpp::Schema& webhook = WebhookSchema();
  return {FilterBy(webhook, "model_name",
                   "Only webhooks of this registered model. When absent, all webhooks of the workspace, which needs "
                   "workspace admin rights."),
          FilterBy(webhook, "events", "Only webhooks that at least one of these events triggers."),
          FilterBy(webhook, "status", "Only webhooks of this status."),
          {.name = "target",
           .type = Type::String(),
           .validators = {tfcpp::OneOf({kHttp, kJob})},
           .description = "Only webhooks that call an HTTPS endpoint (`http`), or that run a job (`job`)."},
          FilterByUrlPrefix()};
}

std::vector<tfcpp::ConfigValidator> FilterValidators() {
  return {{"`url_prefix` is not set when `target` is `job`", CheckPrefixWithTarget}};
}

WebhookFilter ReadFilter(const Value& config) {
  return {.model_name = TextFilter(config, "model_name"),
          .events = TextsFilter(config, "events"),
          .status = TextFilter(config, "status"),
          .target = TextFilter(config, "target"),
          .url_prefix = TextFilter(config, "url_prefix")};
}

bool Fits(const WebhookFilter& filter, const RegistryWebhook& webhook) {
  const bool is_http = webhook.http_url_spec.has_value();
  return FitsText(filter.model_name, webhook.model_name.value_or("")) && FitsAny(filter.events, webhook.events) &&
         FitsText(filter.status, webhook.status) && FitsText(filter.target, is_http ? kHttp : kJob) &&
         FitsPrefix(filter.url_prefix, is_http ? *webhook.http_url_spec->url : "");
}

}  // namespace mlflow
