#include "provider/server_webhook/plan.h"

#include <string>
#include <utility>

#include "provider/server_webhook/events.h"
#include "provider/server_webhook/place.h"
#include "provider/server_webhook/secrets.h"
#include "provider/server_webhook/validators.h"
#include "provider/shared/decision.h"
#include "provider/shared/plan_checks.h"
#include "provider/shared/plan_secrets.h"
#include "provider/shared/secret_attributes.h"
#include "tfcpp/base/strings.h"
#include "tfcpp/base/url.h"

namespace mlflow {
namespace {

using tfcpp::Concat;
using tfcpp::Diagnostics;
using tfcpp::Path;
using tfcpp::Url;
using tfcpp::Value;

// The columns of the server's tables; of the secret, what of it fits once it is encrypted.
constexpr std::size_t kLongestUrl = 500;           // characters
constexpr std::size_t kLongestDescription = 1000;  // characters
constexpr std::size_t kLongestSecret = 687;        // bytes

// An update of the workspace's name alone, which stays the same workspace, sends nothing.
void KeepTimeOfWhatIsNotSent(const Value& prior, tfcpp::Plan& plan) {
  const Value same = plan.planned.With("workspace", prior.Get("workspace")).With("updated_at", prior.Get("updated_at"));
  if (same == prior) plan.planned = plan.planned.With("updated_at", prior.Get("updated_at"));
}

void WarnAboutEvents(const Value& prior, const Value& planned, Diagnostics& diagnostics) {
  constexpr std::size_t kMostNamed = 10;
  std::vector<std::string> lines;
  std::size_t count = 0;
  for (const std::string& event : NewTexts(prior, planned)) {
    if (IsKnownServerEvent(event) || ++count > kMostNamed) continue;
    lines.push_back(Concat(tfcpp::Truncate(event, 100), " (the nearest is ", NearestServerEvent(event), ")"));
  }
  if (count == 0) return;
  if (count > lines.size()) lines.push_back(Concat("and ", std::to_string(count - lines.size()), " more"));
  diagnostics.AddWarning(
      "Unknown event",
      Concat("This provider does not know: ", tfcpp::Join(lines, ", "),
             ". A newer server may, so it is sent as it is; a server that does not know it answers with an error "
             "without a reason (500). Known are: ",
             ServerEventNames(), "."),
      Path("events"));
}

void WarnAboutUrl(const std::string& url, const std::string& name, Diagnostics& diagnostics) {
  const Url parts = Url::Split(url);
  if (parts.HasScheme("http") && !tfcpp::IsThisMachine(parts.host)) {
    diagnostics.AddWarning("Deliveries are not encrypted",
                           Concat("The URL in ", name,
                                  " begins with http://, so anybody on the way can read the events. A secret signs "
                                  "them, it does not encrypt them. Use https outside of networks that you trust."),
                           Path(name));
  }
  if (CountCharacters(url) > kLongestUrl) {
    diagnostics.AddWarning(
        "Long URL",
        Concat("The URL in ", name, " has more than ", std::to_string(kLongestUrl),
               " characters. Servers on sqlite take it; those on another database refuse or cut it."),
        Path(name));
  }
}

void WarnAboutDescription(const std::string& description, Diagnostics& diagnostics) {
  if (CountCharacters(description) <= kLongestDescription) return;
  diagnostics.AddWarning("Long description",
                         Concat("description has more than ", std::to_string(kLongestDescription),
                                " characters. Servers on sqlite take it; those on another database refuse or cut it."),
                         Path("description"));
}

// Without a path: Terraform would print the line.
void WarnAboutSecret(const std::string& secret, const std::string& name, Diagnostics& diagnostics) {
  if (secret.size() <= kLongestSecret) return;
  diagnostics.AddWarning("Long secret",
                         Concat(name, " has more than ", std::to_string(kLongestSecret),
                                " bytes. Servers on sqlite take it; for another database it is too long once it is "
                                "encrypted."));
}

void WarnAboutSecrets(const tfcpp::PlanRequest& request, const tfcpp::Plan& plan, Diagnostics& diagnostics) {
  const bool create = request.prior.is_null();
  const Decision decision = ParseDecision(ServerWebhookSecrets(), plan.decision);
  for (const SecretRow& row : ServerWebhookSecrets()) {
    const auto warn = row.is_address ? WarnAboutUrl : WarnAboutSecret;
    const Value plain = PlainOf(row, plan.planned);
    if (plain.is_set() && (create || PlainOf(row, request.prior) != plain)) {
      warn(plain.AsString(), row.PlainName(), diagnostics);
    }
    const Value write_only = WriteOnlyOf(row, request.config);
    if (write_only.is_set() && (create || ActionOn(row, decision) == SecretAction::kSend)) {
      warn(write_only.AsString(), row.Name(), diagnostics);
    }
  }
}

}  // namespace

std::vector<tfcpp::ConfigValidator> ServerWebhookConfigValidators() {
  return {OneFormOfEachSecret(ServerWebhookSecrets()), AnAddressInOneForm(ServerWebhookSecrets())};
}

void ModifyServerWebhookPlan(tfcpp::crypto::Scrypt& scrypt, const tfcpp::PlanRequest& request, tfcpp::Plan& plan) {
  const bool create = request.prior.is_null();
  if (!create) {
    RequireReplaceOnMove(request, plan);
    KeepTimeOfWhatIsNotSent(request.prior, plan);
  }
  PlanSecrets(ServerWebhookSecrets(), scrypt, request, plan);
  if (plan.planned == request.prior) return;

  Diagnostics& diagnostics = plan.diagnostics;
  if (!create && plan.requires_replace.empty()) {
    // ignore_changes may hide the address.
    CheckShownConfig({OneFormOfEachSecret(ServerWebhookSecrets())}, request.config, diagnostics);
  }
  const auto prior = [&](std::string_view name) {
    return create ? Value::Null(plan.planned.Get(name).type()) : request.prior.Get(name);
  };
  const auto changed = [&](std::string_view name) {
    const Value& planned = plan.planned.Get(name);
    return planned.is_set() && planned != prior(name);
  };
  WarnAboutEvents(prior("events"), plan.planned.Get("events"), diagnostics);
  if (changed("description")) WarnAboutDescription(plan.planned.Get("description").AsString(), diagnostics);
  WarnAboutSecrets(request, plan, diagnostics);
}

}  // namespace mlflow
