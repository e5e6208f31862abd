#include "provider/registry_webhook/lent_token.h"

#include "databricks/host.h"
#include "databricks/workspace.h"
#include "provider/registry_webhook/facts.h"
#include "tfcpp/base/strings.h"

namespace mlflow {
namespace {

using tfcpp::Concat;
using tfcpp::Value;

}  // namespace

void JudgeLentToken(const SecretRow& row, const tfcpp::PlanRequest& request, tfcpp::Plan& plan) {
  const Value spec = ObjectOf(row, plan.planned);
  if (!spec.is_set()) return;  // decided at apply
  if (!PlainOf(row, plan.planned).is_null() || !WriteOnlyOf(row, request.config).is_null()) return;
  const WebhookFacts facts = ReadFacts(request.facts);
  if (facts.token == TokenToLend::kUnknown) return;
  const Value& workspace_url = spec.Get("workspace_url");
  if (!workspace_url.is_known()) return;
  if (!workspace_url.is_null()) {
    const auto host = tfcpp::databricks::NormaliseHost(workspace_url.AsString());
    if (!host.has_value() || !tfcpp::databricks::MayBeSameWorkspace(facts.workspace, *host)) {
      plan.diagnostics.AddError(
          "Job webhook needs an access token",
          "job_spec.workspace_url names another workspace than the provider's, so the provider cannot lend its own "
          "token. Set job_spec.access_token, or job_spec.access_token_wo, to a personal access token of that "
          "workspace.");
      return;
    }
  }
  if (facts.token == TokenToLend::kNone) {
    plan.diagnostics.AddError(
        "Job webhook needs an access token",
        Concat("The service starts the job with a personal access token. The provider signs in by ",
               facts.ways_to_sign_in,
               " and has none to lend. Set job_spec.access_token, or job_spec.access_token_wo."));
    return;
  }
  plan.diagnostics.AddWarning(
      "The provider's own token is lent to the webhook",
      "job_spec.access_token is not set, so the service will start the job with the token that the "
      "provider signs in with. The job stops starting when that token expires or is revoked. Set "
      "job_spec.access_token, or job_spec.access_token_wo, to a token made for this purpose to decide it yourself.");
}

}  // namespace mlflow
