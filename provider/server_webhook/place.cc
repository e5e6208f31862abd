#include "provider/server_webhook/place.h"

#include "provider/shared/private_data.h"
#include "tfcpp/base/strings.h"

namespace mlflow {
namespace {

// What MLflow calls the workspace of calls that name none, on a server that has workspaces.
std::string NameOf(const std::string& workspace) { return workspace.empty() ? "default" : workspace; }

}  // namespace

using tfcpp::Value;

std::string WorkspaceOf(const Value& webhook, const ServerFacts& provider) {
  const Value& own = webhook.Get("workspace");
  return own.is_set() ? own.AsString() : provider.workspace;
}

std::string InWords(const ServerFacts& where) {
  if (where.workspace.empty()) return tfcpp::Concat("The server ", where.address);
  return tfcpp::Concat("The workspace ", where.workspace, " of the server ", where.address);
}

void RequireReplaceOnMove(const tfcpp::PlanRequest& request, tfcpp::Plan& plan) {
  const Value& before = request.prior.Get("workspace");
  const Value& after = plan.planned.Get("workspace");
  if (after == before) return;
  const ServerFacts provider = ReadServerFacts(request.facts);
  const Place seen = ParsePrivateData(request.private_data).place;
  const ServerFacts remembered = seen.empty() ? provider : ReadServerFacts(seen);
  // Where the provider's is not known yet, what is remembered stands for it.
  const ServerFacts later = provider.address.empty() ? remembered : provider;
  const bool stays =
      after.is_known() && NameOf(WorkspaceOf(request.prior, remembered)) == NameOf(WorkspaceOf(plan.planned, later));
  if (stays) return;
  plan.requires_replace.push_back(tfcpp::Path("workspace"));
}

}  // namespace mlflow
