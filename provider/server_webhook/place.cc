#include "provider/server_webhook/place.h"

#include "base/strings.h"

namespace mlflow {
namespace {

using tfcpp::Value;

constexpr char kAddress[] = "address";
constexpr char kWorkspace[] = "workspace";

std::string TextOf(const Place& place, const char* name) {
  const auto found = place.find(name);
  return found == place.end() ? "" : found->second;
}

}  // namespace

Place PlaceOf(const ServerFacts& where) {
  Place place{{kAddress, where.address}};
  if (!where.workspace.empty()) place.emplace(kWorkspace, where.workspace);
  return place;
}

ServerFacts WhereIs(const Place& place) {
  return {.address = TextOf(place, kAddress), .workspace = TextOf(place, kWorkspace)};
}

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
  const ServerFacts remembered = seen.empty() ? provider : WhereIs(seen);
  // Where the provider's is not known yet, what is remembered stands for it.
  const ServerFacts later = provider.address.empty() ? remembered : provider;
  if (after.is_known() && WorkspaceOf(request.prior, remembered) == WorkspaceOf(plan.planned, later)) return;
  plan.requires_replace.push_back(tfcpp::Path("workspace"));
}

}  // namespace mlflow
