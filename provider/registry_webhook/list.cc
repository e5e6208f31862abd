#include "provider/registry_webhook/list.h"

#include <vector>

#include "provider/diagnose.h"
#include "provider/registry_webhook/filter.h"
#include "provider/registry_webhook/identity.h"
#include "provider/registry_webhook/schema.h"
#include "provider/registry_webhook/webhook.h"
#include "provider/shared/selection.h"
#include "tfcpp/base/strings.h"
#include "tfcpp/base/url.h"

namespace mlflow {
namespace {

using tfcpp::Concat;
using tfcpp::Diagnostics;

std::string TargetOf(const RegistryWebhook& webhook) {
  // Only the host of a URL: the path of an incoming webhook of a chat service, for instance, is a secret.
  if (webhook.http_url_spec.has_value()) return std::string(tfcpp::Url::Split(*webhook.http_url_spec->url).authority);
  return Concat("job ", webhook.job_spec->job_id);
}

// Its description, or else its events; then what it watches and calls: "New models (churn, hooks.example.com)".
std::string NameOf(const RegistryWebhook& webhook) {
  const std::vector<std::string> events(webhook.events.begin(), webhook.events.end());
  return DisplayName(webhook.description.empty() ? tfcpp::Join(events, ", ") : webhook.description,
                     {webhook.model_name.value_or("registry-wide"), TargetOf(webhook)});
}

}  // namespace

tfcpp::ListType WebhookListType() {
  return {
      .name = kWebhookTypeName,
      .schema = {.attributes = FilterAttributes(),
                 .description =
                     "Lists the webhooks of the Databricks Workspace Model Registry that fit all filters, sorted by "
                     "id, for `terraform query` (Terraform 1.14). With `-generate-config-out` it writes "
                     "configuration that imports them. The list is complete, or there is an error; only what the "
                     "service returns in another form than documented is left out, and a warning names it."},
      .config_validators = FilterValidators()};
}

Diagnostics WebhookList::List(const tfcpp::Context& context, const tfcpp::ListRequest& request,
                              const tfcpp::TakeListed& take) {
  const WebhookFilter filter = ReadFilter(request.config);
  Diagnostics diagnostics;
  const auto listed = service_->List(context, filter.model_name);
  if (!listed.has_value()) {
    diagnostics.Add(
        ToDiagnostic(listed.error(), "Cannot list the webhooks", ListingAdvice(listed.error(), filter.model_name)));
    return diagnostics;
  }
  const auto fits = [&](const RegistryWebhook& webhook) { return Fits(filter, webhook); };
  for (const RegistryWebhook* webhook : Select(**listed, fits, diagnostics)) {
    tfcpp::ListedResource result{
        .display_name = NameOf(*webhook),
        .identity = WebhookIdentity(workspace_, webhook->id, webhook->model_name.value_or(""))};
    if (request.include_state) result.state = tfcpp::fields::ToState(*webhook);
    if (!take(result)) break;
  }
  return diagnostics;
}

}  // namespace mlflow
