#include "provider/server_webhook/list.h"

#include <string>
#include <vector>

#include "provider/diagnose.h"
#include "provider/server_webhook/adopt.h"
#include "provider/server_webhook/filter.h"
#include "provider/server_webhook/identity.h"
#include "provider/server_webhook/place.h"
#include "provider/server_webhook/schema.h"
#include "provider/shared/selection.h"
#include "tfcpp/base/strings.h"
#include "tfcpp/base/url.h"

namespace mlflow {
namespace {

// "new-versions (team-a, ci.example.com)"
std::string NameOf(const ServerWebhook& webhook, const std::string& workspace) {
  std::vector<std::string> about;
  if (!workspace.empty()) about.push_back(workspace);
  about.emplace_back(tfcpp::Url::Split(*webhook.url).authority);
  return DisplayName(webhook.name, about);
}

}  // namespace

tfcpp::ListType ServerWebhookListType() {
  return {.name = kServerWebhookTypeName,
          .schema = {.attributes = ServerFilterAttributes(),
                     .description =
                         "Lists the webhooks of an MLflow server that fit all filters, sorted by id, for `terraform "
                         "query` (Terraform 1.14). With `-generate-config-out` it writes configuration that imports "
                         "them. The list is complete, or there is an error; only what the server returns in another "
                         "form than documented is left out, and a warning names it."}};
}

tfcpp::Diagnostics ServerWebhookList::List(const tfcpp::Context& context, const tfcpp::ListRequest& request,
                                           const tfcpp::TakeListed& take) {
  const std::string workspace = WorkspaceOf(request.config, provider_);
  tfcpp::Diagnostics diagnostics;
  const auto listing = service_->List(context, workspace);
  if (!listing.has_value()) {
    diagnostics.Add(ToDiagnostic(listing.error(), "Cannot list the webhooks"));
    return diagnostics;
  }
  const auto fits = [filter = ReadServerFilter(request.config)](const ServerWebhook& one) { return Fits(filter, one); };
  for (const ServerWebhook* webhook : Select(*listing, fits, diagnostics)) {
    tfcpp::ListedResource result{.display_name = NameOf(*webhook, workspace),
                                 .identity = ServerWebhookIdentity(provider_.address, workspace, webhook->id)};
    if (request.include_state) {
      result.state =
          tfcpp::fields::ToState(*webhook).With("workspace", WorkspaceToConfigure(workspace, provider_.workspace));
    }
    if (!take(result)) break;
  }
  return diagnostics;
}

}  // namespace mlflow
