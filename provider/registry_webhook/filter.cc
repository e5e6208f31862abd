#include "provider/registry_webhook/filter.h"

#include <algorithm>
#include <utility>

#include "provider/registry_webhook/schema.h"
#include "schema/validators.h"

namespace mlflow {
namespace {

using tfcpp::Diagnostics;
using tfcpp::Path;
using tfcpp::Type;
using tfcpp::Value;

constexpr char kHttp[] = "http";
constexpr char kJob[] = "job";

std::string Text(const Value& config, std::string_view name) {
  const Value& value = config.Get(name);
  return value.is_null() ? "" : value.AsString();
}

// What a webhook may have there may be looked for.
tfcpp::Attribute ByAttribute(std::string_view name, std::string description) {
  const tfcpp::Attribute& attribute = *WebhookSchema().Find(name);
  return {.name = attribute.name,
          .type = attribute.type,
          .validators = attribute.validators,
          .description = std::move(description)};
}

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
  return {ByAttribute("model_name",
                      "Only webhooks of this registered model. When absent, all webhooks of the workspace, which needs "
                      "workspace admin rights."),
          ByAttribute("events", "Only webhooks that at least one of these events triggers."),
          ByAttribute("status", "Only webhooks of this status."),
          {.name = "target",
           .type = Type::String(),
           .validators = {tfcpp::OneOf({kHttp, kJob})},
           .description = "Only webhooks that call an HTTPS endpoint (`http`), or that run a job (`job`)."},
          {.name = "url_prefix",
           .type = Type::String(),
           .validators = {tfcpp::SizeAtLeast(1)},
           .description =
               "Only webhooks whose URL begins with this text, compared letter by letter. End it with a slash to mean "
               "one host: `https://example.com` is also the beginning of `https://example.com.evil.example`."}};
}

std::vector<tfcpp::ConfigValidator> FilterValidators() {
  return {{"`url_prefix` is not set when `target` is `job`", CheckPrefixWithTarget}};
}

WebhookFilter ReadFilter(const Value& config) {
  WebhookFilter filter{.model_name = Text(config, "model_name"),
                       .events = {},
                       .status = Text(config, "status"),
                       .target = Text(config, "target"),
                       .url_prefix = Text(config, "url_prefix")};
  if (!config.Get("events").is_null()) {
    for (const Value& event : config.Get("events").Elements()) filter.events.push_back(event.AsString());
  }
  return filter;
}

bool Fits(const WebhookFilter& filter, const RegistryWebhook& webhook) {
  const auto has = [&](const std::string& event) { return webhook.events.contains(event); };
  const std::string url = webhook.http_url_spec.has_value() ? webhook.http_url_spec->url : "";
  return (filter.model_name.empty() || webhook.model_name == filter.model_name) &&
         (filter.events.empty() || std::any_of(filter.events.begin(), filter.events.end(), has)) &&
         (filter.status.empty() || webhook.status == filter.status) &&
         (filter.target.empty() || webhook.http_url_spec.has_value() == (filter.target == kHttp)) &&
         (filter.url_prefix.empty() || url.substr(0, filter.url_prefix.size()) == filter.url_prefix);
}

}  // namespace mlflow
