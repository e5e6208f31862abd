#include "provider/shared/plan_secrets.h"

#include <algorithm>
#include <string>

#include "provider/shared/decision.h"
#include "provider/shared/private_data.h"
#include "provider/shared/write_only.h"
#include "tfcpp/base/strings.h"

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
  const SecretRows& rows;
  const Value& config;
  const Value& prior;
  const Value& planned;
  const Decision& decision;
  const PrivateData& remembered;
  bool replaces;

  bool Sends(const SecretRow& row) const { return replaces || IsSent(row, prior, planned, decision); }
  // Whether neither the state nor the configuration that the plan is shown has the secret, and none is to be removed:
  // if the webhook has it, then only what is remembered says so. An object that is not known yet shows nothing.
  bool IsHidden(const SecretRow& row) const {
    const Value after = ObjectOf(row, planned);
    if (!ObjectOf(row, prior).is_set() || after.is_null() || !PlainOf(row, prior).is_null()) return false;
    if (!after.is_known()) return true;
    return PlainOf(row, planned).is_null() && WriteOnlyOf(row, config).is_null() &&
           ActionOn(row, decision) == SecretAction::kKeep;
  }
};

void TellRotations(const Decision& decision, Diagnostics& diagnostics) {
  Lines lines;
  bool with_object = false;
  for (const SecretDecision& one : decision) {
    if (one.why.empty()) continue;
    lines.push_back(Concat(one.row->Name(), ": ", one.why));
    with_object = with_object || !one.row->Object().empty();
  }
  if (lines.empty()) return;
  diagnostics.AddWarning("Secrets of the webhook are rotated",
                         Concat(with_object ? "The update sends the webhook's target again, with all its configured "
                                              "secrets. Of these, the following change:"
                                            : "The update sends secrets, although nothing else shows that they change:",
                                AsList(lines)));
}

// The service returns no secret, so the state of a webhook that was imported or moved has none, and the configuration's
// look new. That this one update is expected needs saying.
void ExplainSecretsAfterAdoption(const Update& update, Diagnostics& diagnostics) {
  Lines secrets;
  for (const SecretRow& row : update.rows) {
    if (!ObjectOf(row, update.prior).is_set() || !ObjectOf(row, update.planned).is_set()) continue;
    if (PlainOf(row, update.prior).is_null() && !PlainOf(row, update.planned).is_null()) {
      secrets.push_back(row.PlainName());
    }
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
             "unchanged. Otherwise the apply stops before it sends anything.",
             versions.empty() ? "" : Concat(" To remove one, change ", tfcpp::Join(versions, ", "), " without it.")));
}

void WarnAboutDroppedSecrets(const Lines& names, bool with_object, Diagnostics& diagnostics) {
  if (names.empty()) return;
  // Pipelines look for this summary (examples/pipelines), so it stays as it is.
  diagnostics.AddWarning(
      "Secrets that the webhook may have are dropped",
      Concat("This plan ",
             with_object ? "sends the webhook's target, which the service takes whole" : "makes the webhook anew",
             ", and the configuration that Terraform shows has no value for secrets that the webhook may have. The "
             "service returns no secrets, so after an import or a move it is not known which there are. If it has "
             "these, they are lost:",
             AsList(names), "To keep one, set it, or its write-only form, before you apply. This is said until ",
             with_object ? "the target has been sent once." : "one has been sent."));
}

void TellMissingSecrets(const Update& update, Diagnostics& diagnostics) {
  Lines kept, kept_versions, hidden, hidden_versions, dropped;
  bool with_object = false;
  for (const SecretRow& row : update.rows) {
    if (!update.IsHidden(row)) continue;
    const bool known = HasSecret(row, update.prior, update.remembered);
    if (!update.Sends(row)) {
      // With a version the contract is that only its change says anything.
      if (!known || row.is_address || !VersionOf(row, update.prior).is_null()) continue;
      kept.push_back(row.Name());
      kept_versions.push_back(row.VersionName());
    } else if (known && !update.replaces) {
      if (!ObjectOf(row, update.planned).is_known()) continue;
      hidden.push_back(row.Name());
      if (!row.is_address) hidden_versions.push_back(row.VersionName());
    } else if (row.is_address) {
      continue;  // a new webhook is made of what is written, which has one
    } else if (known || update.remembered.adopted) {
      dropped.push_back(row.PlainName());
      with_object = with_object || !row.Object().empty();
    }
  }
  TellKeptSecrets(kept, kept_versions, diagnostics);
  TellHiddenSecrets(hidden, hidden_versions, diagnostics);
  WarnAboutDroppedSecrets(dropped, with_object, diagnostics);
}

void RefuseContradictions(const SecretRows& rows, const Decision& first, const Decision& decision,
                          Diagnostics& diagnostics) {
  const Lines names = Contradictions(rows, first, decision);
  if (names.empty()) return;
  diagnostics.AddError("Secrets are not those of the plan",
                       Concat("What the plan that is applied has decided does not fit the values that these secrets "
                              "have now:",
                              AsList(names),
                              "Nothing was sent. Plan again, with the values that you want to apply. A secret that has "
                              "another value on each run needs a version."));
}

void ReplaceWhereRemovalsNeedIt(const Update& update, const Decision& first, tfcpp::Plan& plan) {
  Lines late;
  for (const SecretRow& row : update.rows) {
    const auto paths = ReplacingRemovals(row, update.config, update.prior, update.planned, update.decision);
    plan.requires_replace.insert(plan.requires_replace.end(), paths.begin(), paths.end());
    if (!paths.empty() && ActionOn(row, first) == SecretAction::kOpen) late.push_back(row.Name());
  }
  if (late.empty()) return;
  plan.diagnostics.AddError("Secrets are removed after all",
                            Concat("The plan that is applied took these, which were not known then, for values. Now "
                                   "they are null, and only a new webhook can be without the secret:",
                                   AsList(late), "Nothing was sent. Plan again: the webhook will be replaced."));
}

void TellOfCreate(const SecretRows& rows, const Value& config, const Value& planned, Diagnostics& diagnostics) {
  for (const SecretRow& row : rows) {
    if (row.lent || row.is_address || !ObjectOf(row, planned).is_set()) continue;
    if (VersionOf(row, planned).may_be_null() || !WriteOnlyOf(row, config).is_null()) continue;
    diagnostics.AddWarning("Version of a secret that is not set",
                           Concat(row.VersionName(), " is set, but ", row.Name(),
                                  " is not: the webhook is made without it. To send it later, set it and change the "
                                  "version."));
  }
}

}  // namespace

std::vector<const SecretRow*> PlanSecrets(const SecretRows& rows, tfcpp::crypto::Scrypt& scrypt,
                                          const tfcpp::PlanRequest& request, tfcpp::Plan& plan) {
  std::vector<const SecretRow*> lent;
  Diagnostics& diagnostics = plan.diagnostics;
  if (request.prior.is_null()) {
    TellOfCreate(rows, request.config, plan.planned, diagnostics);
    for (const SecretRow& row : rows) {
      if (row.lent && ObjectOf(row, plan.planned).is_set()) lent.push_back(&row);
    }
    return lent;
  }
  const PrivateData remembered = ParsePrivateData(request.private_data);
  const Decision decision = Decide(rows, request.config, request.prior, plan.planned, remembered.digests, scrypt);
  const bool sends = std::any_of(decision.begin(), decision.end(),
                                 [](const SecretDecision& one) { return one.action != SecretAction::kOpen; });
  if (sends) plan.planned = plan.planned.With("updated_at", Value::Unknown(Type::String()));
  if (plan.planned != request.prior) plan.decision = WriteDecision(decision);

  Update update{rows, request.config, request.prior, plan.planned, decision, remembered, /*replaces=*/false};
  const Decision first = ParseDecision(rows, request.first_decision);
  ReplaceWhereRemovalsNeedIt(update, first, plan);
  update.replaces = !plan.requires_replace.empty();
  if (!request.first_decision.empty()) RefuseContradictions(rows, first, decision, diagnostics);
  TellMissingSecrets(update, diagnostics);
  if (remembered.adopted) ExplainSecretsAfterAdoption(update, diagnostics);
  if (!update.replaces) TellRotations(decision, diagnostics);
  for (const SecretRow& row : rows) {
    // One that the webhook was given goes along, or the apply stops.
    const bool has_own = !update.replaces && update.IsHidden(row) && HasSecret(row, request.prior, remembered);
    if (row.lent && IsSent(row, request.prior, plan.planned, decision) && !has_own) lent.push_back(&row);
  }
  return lent;
}

}  // namespace mlflow
