#include "provider/registry_webhook/plan_secrets.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "base/strings.h"
#include "databricks/host.h"
#include "databricks/workspace.h"
#include "provider/registry_webhook/decision.h"
#include "provider/registry_webhook/facts.h"
#include "provider/registry_webhook/private_data.h"
#include "provider/registry_webhook/write_only.h"

namespace mlflow {
namespace {

using tfcpp::Concat;
using tfcpp::Diagnostics;
using tfcpp::Type;
using tfcpp::Value;
using Lines = std::vector<std::string>;

std::string AsList(const Lines& lines) { return Concat("\n\n  - ", tfcpp::Join(lines, "\n  - "), "\n\n"); }

// An update, as far as it is about secrets.
struct Update {
  const Value& config;
  const Value& prior;
  const Value& planned;
  const Decision& decision;
  const PrivateData& remembered;
  bool replaces;

  bool Sends(std::string_view spec) const { return replaces || IsTargetSent(spec, prior, planned, decision); }
  // Whether neither the state nor the configuration that the plan is shown has the secret, and none is to be removed:
  // if the webhook has it, then only what is remembered says so. A target that is not known yet shows nothing.
  bool IsHidden(const WriteOnlySecret& secret) const {
    const Value& before = prior.Get(secret.spec);
    const Value& after = planned.Get(secret.spec);
    if (!before.is_set() || after.is_null() || !before.Get(secret.plain).is_null()) return false;
    if (!after.is_known()) return true;
    return after.Get(secret.plain).is_null() && ConfiguredSecret(secret, config).is_null() &&
           ActionOn(secret, decision) == SecretAction::kKeep;
  }
};

void TellRotations(const Decision& decision, Diagnostics& diagnostics) {
  Lines lines;
  for (const SecretDecision& one : decision) {
    if (!one.why.empty()) lines.push_back(Concat(one.secret->Name(), ": ", one.why));
  }
  if (lines.empty()) return;
  diagnostics.AddWarning("Secrets of the webhook are rotated",
                         Concat("The update sends the webhook's target again, with all its configured secrets. Of "
                                "these, the following change:",
                                AsList(lines)));
}

// The service returns no secret, so the state of a webhook that was imported or moved has none, and the configuration's
// look new. That this one update is expected needs saying.
void ExplainSecretsAfterAdoption(const Update& update, Diagnostics& diagnostics) {
  Lines secrets;
  for (const WriteOnlySecret& secret : kWriteOnlySecrets) {
    const Value& before = update.prior.Get(secret.spec);
    const Value& after = update.planned.Get(secret.spec);
    if (!before.is_set() || !after.is_set()) continue;
    if (before.Get(secret.plain).is_null() && !after.Get(secret.plain).is_null()) secrets.push_back(secret.PlainName());
  }
  if (secrets.empty()) return;
  diagnostics.AddWarning(
      "Secrets are sent once more",
      Concat("The webhook was imported or moved, and the service returns no secrets, so it is not known whether it has "
             "these: ",
             tfcpp::Join(secrets, ", "),
             ". The update sends what the configuration says; the plan after it is empty."));
}

// "Taken out" and "ignored" look alike here, so a null removes nothing.
void TellKeptSecrets(const Lines& names, const Lines& versions, Diagnostics& diagnostics) {
  if (names.empty()) return;
  diagnostics.AddWarning("Secrets that are not configured are kept",
                         Concat("The configuration that Terraform shows has no ", tfcpp::Join(names, ", "),
                                "; the webhook keeps its own; to remove it, set ", tfcpp::Join(versions, ", "),
                                " alone. (Terraform shows nothing of a write-only value that ignore_changes covers.)"));
}

void TellHiddenSecrets(const Lines& names, const Lines& versions, Diagnostics& diagnostics) {
  if (names.empty()) return;
  diagnostics.AddWarning(
      "Secrets that go with the target are not shown",
      Concat("The update sends the webhook's target, which the service takes whole. The webhook has secrets that the "
             "configuration that Terraform shows lacks:",
             AsList(names),
             "One that ignore_changes hides goes along if it is the one that was last sent, or if its version is "
             "unchanged. Otherwise the apply stops before it sends anything. To remove one, change ",
             tfcpp::Join(versions, ", "), " without it."));
}

void WarnAboutDroppedSecrets(const Lines& names, Diagnostics& diagnostics) {
  if (names.empty()) return;
  // Pipelines look for this summary (examples/pipelines), so it stays as it is.
  diagnostics.AddWarning(
      "Secrets that the webhook may have are dropped",
      Concat(
          "This plan sends the webhook's target, which the service takes whole, and the configuration that Terraform "
          "shows has no value for secrets that the webhook may have. The service returns no secrets, so after an "
          "import "
          "or a move it is not known which there are. If it has these, they are lost:",
          AsList(names),
          "To keep one, set it, or its write-only form, before you apply. This is said until the target has been "
          "sent once."));
}

void TellMissingSecrets(const Update& update, Diagnostics& diagnostics) {
  Lines kept, kept_versions, hidden, hidden_versions, dropped;
  for (const WriteOnlySecret& secret : kWriteOnlySecrets) {
    if (!update.IsHidden(secret)) continue;
    const bool known = HasSecret(secret, update.prior, update.remembered);
    if (!update.Sends(secret.spec)) {
      // With a version the contract is that only its change says anything.
      if (!known || !update.prior.Get(secret.spec).Get(secret.version).is_null()) continue;
      kept.push_back(secret.Name());
      kept_versions.push_back(secret.VersionName());
    } else if (known && !update.replaces) {
      if (!update.planned.Get(secret.spec).is_known()) continue;
      hidden.push_back(secret.Name());
      hidden_versions.push_back(secret.VersionName());
    } else if (known || update.remembered.adopted) {
      dropped.push_back(secret.PlainName());
    }
  }
  TellKeptSecrets(kept, kept_versions, diagnostics);
  TellHiddenSecrets(hidden, hidden_versions, diagnostics);
  WarnAboutDroppedSecrets(dropped, diagnostics);
}

void RefuseContradictions(const std::string& first, const Decision& decision, Diagnostics& diagnostics) {
  if (first.empty()) return;
  const Lines names = Contradictions(ParseDecision(first), decision);
  if (names.empty()) return;
  diagnostics.AddError("Secrets are not those of the plan",
                       Concat("What the plan that is applied has decided does not fit the values that these secrets "
                              "have now:",
                              AsList(names),
                              "Nothing was sent. Plan again, with the values that you want to apply. A secret that has "
                              "another value on each run needs a version."));
}

// A job webhook needs a token to start its job. The documented usage gives none, so the provider lends its own, but
// only where that is what the user must mean: the same workspace, and a token to lend.
void JudgeLentToken(const WebhookFacts& facts, const Value& config_spec, const Value& spec, Diagnostics& diagnostics) {
  if (!spec.is_set()) return;  // decided at apply
  const Value write_only = MemberOf(config_spec, "access_token_wo", Type::String());
  if (!spec.Get("access_token").is_null() || !write_only.is_null()) return;
  if (facts.token == TokenToLend::kUnknown) return;
  const Value& workspace_url = spec.Get("workspace_url");
  if (!workspace_url.is_known()) return;
  if (!workspace_url.is_null()) {
    const auto host = tfcpp::databricks::NormaliseHost(workspace_url.AsString());
    if (!host.has_value() || !tfcpp::databricks::MayBeSameWorkspace(facts.workspace, *host)) {
      diagnostics.AddError(
          "Job webhook needs an access token",
          "job_spec.workspace_url names another workspace than the provider's, so the provider cannot lend its own "
          "token. Set job_spec.access_token, or job_spec.access_token_wo, to a personal access token of that "
          "workspace.");
      return;
    }
  }
  if (facts.token == TokenToLend::kNone) {
    diagnostics.AddError("Job webhook needs an access token",
                         Concat("The service starts the job with a personal access token. The provider signs in by ",
                                facts.ways_to_sign_in,
                                " and has none to lend. Set job_spec.access_token, or job_spec.access_token_wo."));
    return;
  }
  diagnostics.AddWarning(
      "The provider's own token is lent to the webhook",
      "job_spec.access_token is not set, so the service will start the job with the token that the "
      "provider signs in with. The job stops starting when that token expires or is revoked. Set "
      "job_spec.access_token, or job_spec.access_token_wo, to a token made for this purpose to decide it yourself.");
}

void TellOfCreate(const tfcpp::PlanRequest& request, const Value& planned, Diagnostics& diagnostics) {
  for (const WriteOnlySecret& secret : kWriteOnlySecrets) {
    const Value& spec = planned.Get(secret.spec);
    if (!spec.is_set()) continue;
    if (secret.lent) {
      JudgeLentToken(ReadFacts(request.facts), request.config.Get(secret.spec), spec, diagnostics);
    } else if (!spec.Get(secret.version).may_be_null() && ConfiguredSecret(secret, request.config).is_null()) {
      diagnostics.AddWarning("Version of a secret that is not set",
                             Concat(secret.VersionName(), " is set, but ", secret.Name(),
                                    " is not: the webhook is made without it. To send it later, set it and change the "
                                    "version."));
    }
  }
}

// Whether an update sends a job with no token of its own in sight. One that the webhook was given goes along, or the
// apply stops.
bool MayLendToken(const Update& update) {
  return IsTargetSent("job_spec", update.prior, update.planned, update.decision) &&
         std::none_of(kWriteOnlySecrets.begin(), kWriteOnlySecrets.end(), [&](const WriteOnlySecret& secret) {
           return secret.lent && !update.replaces && update.IsHidden(secret) &&
                  HasSecret(secret, update.prior, update.remembered);
         });
}

}  // namespace

void PlanSecrets(tfcpp::crypto::Scrypt& scrypt, const tfcpp::PlanRequest& request, tfcpp::Plan& plan) {
  Diagnostics& diagnostics = plan.diagnostics;
  if (request.prior.is_null()) {
    TellOfCreate(request, plan.planned, diagnostics);
    return;
  }
  const PrivateData remembered = ParsePrivateData(request.private_data);
  const Decision decision = Decide(request.config, request.prior, plan.planned, remembered.digests, scrypt);
  const bool sends = std::any_of(decision.begin(), decision.end(),
                                 [](const SecretDecision& one) { return one.action != SecretAction::kOpen; });
  if (sends) plan.planned = plan.planned.With("updated_at", Value::Unknown(Type::String()));
  if (plan.planned != request.prior) plan.decision = WriteDecision(decision);

  const bool replaces = !plan.requires_replace.empty();
  const Update update{request.config, request.prior, plan.planned, decision, remembered, replaces};
  RefuseContradictions(request.first_decision, decision, diagnostics);
  TellMissingSecrets(update, diagnostics);
  if (remembered.adopted) ExplainSecretsAfterAdoption(update, diagnostics);
  if (!replaces) TellRotations(decision, diagnostics);
  if (MayLendToken(update)) {
    JudgeLentToken(ReadFacts(request.facts), request.config.Get("job_spec"), plan.planned.Get("job_spec"), diagnostics);
  }
}

}  // namespace mlflow
