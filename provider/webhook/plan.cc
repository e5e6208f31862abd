#include "provider/webhook/plan.h"

#include <algorithm>
#include <string>
#include <vector>

#include "base/strings.h"
#include "databricks/host.h"
#include "provider/webhook/events.h"
#include "provider/webhook/private_data.h"
#include "provider/webhook/write_only.h"

namespace mlflow {
namespace {

using tfcpp::Concat;
using tfcpp::Diagnostics;
using tfcpp::Facts;
using tfcpp::Path;
using tfcpp::Type;
using tfcpp::Value;

std::string_view Fact(const Facts& facts, std::string_view name) {
  const auto found = facts.find(name);
  return found == facts.end() ? std::string_view() : std::string_view(found->second);
}

// A member of an object that may be null or unknown: then null or unknown itself.
Value Member(const Value& object, std::string_view name, const Type& type) {
  if (!object.is_known()) return Value::Unknown(type);
  return object.is_null() ? Value::Null(type) : object.Get(name);
}

// The API documents no way from one kind of target to the other, so it is a replacement. It must be planned up front
// also where a spec is unknown and may turn out null or newly set: Terraform refuses an update that becomes a
// replacement at apply.
bool ChangesKind(const Value& prior, const Value& planned) {
  if (prior.is_null()) return !planned.is_null();
  return planned.may_be_null();
}

void RequireReplaceOnChangeOfKind(const Value& prior, tfcpp::Plan& plan) {
  for (const char* spec : {"http_url_spec", "job_spec"}) {
    if (ChangesKind(prior.Get(spec), plan.planned.Get(spec))) plan.requires_replace.push_back(Path(spec));
  }
}

bool Contains(const Value& set, const Value& element) {
  if (!set.is_set()) return false;
  const auto& elements = set.Elements();
  return std::find(elements.begin(), elements.end(), element) != elements.end();
}

void WarnAboutEvents(const Value& prior_events, const Value& events, Diagnostics& diagnostics) {
  if (!events.is_set()) return;
  for (const Value& event : events.Elements()) {
    if (!event.is_set() || Contains(prior_events, event)) continue;
    const EventVerdict verdict = JudgeEvent(event.AsString()).verdict;
    if (verdict == EventVerdict::kUndocumented) {
      diagnostics.AddWarning("Event is not documented",
                             Concat(event.AsString(),
                                    " is not in the service's documentation. It is sent as it is; the service decides "
                                    "whether it exists and when it fires."),
                             Path("events"));
    } else if (verdict == EventVerdict::kUnknown) {
      diagnostics.AddWarning(
          "Unknown event",
          Concat(event.AsString(),
                 " is no event that this provider knows. It is sent as it is; the service decides. Known are: ",
                 tfcpp::Join(KnownEvents(), ", "), "."),
          Path("events"));
    }
  }
}

void WarnAboutModelName(const Value& prior_name, const Value& name, Diagnostics& diagnostics) {
  if (!name.is_set() || name == prior_name) return;
  if (std::count(name.AsString().begin(), name.AsString().end(), '.') != 2) return;
  diagnostics.AddWarning(
      "Model of Unity Catalog",
      "model_name has the three parts of a model in Unity Catalog (catalog.schema.model). The Workspace Model "
      "Registry, which has webhooks, does not know those models; the service will probably refuse it.",
      Path("model_name"));
}

void WarnAboutVerification(const Value& prior_spec, const Value& spec, Diagnostics& diagnostics) {
  const Value now = Member(spec, "enable_ssl_verification", Type::Bool());
  if (!now.is_set() || now.AsBool()) return;
  const Value before = Member(prior_spec, "enable_ssl_verification", Type::Bool());
  if (before == now) return;
  diagnostics.AddWarning("Certificate of the endpoint is not verified",
                         "enable_ssl_verification = false lets anybody on the way read the events and the "
                         "authorization header. Use it for self-signed certificates in trusted networks only.",
                         Path("http_url_spec").Attribute("enable_ssl_verification"));
}

std::string_view Reason(const Rotation& rotation) {
  switch (rotation.why) {
    case RotationCause::kVersion:
      return "its version changes";
    case RotationCause::kRemoved:
      return "it is no longer configured, and is removed from the webhook";
    case RotationCause::kOtherValue:
      return "its value is not the one that was last sent";
    case RotationCause::kFirstValue:
      return "it is new in the configuration, or the webhook was imported or moved";
  }
  return "";
}

void TellRotations(const std::vector<Rotation>& rotations, Diagnostics& diagnostics) {
  if (rotations.empty()) return;
  std::string lines;
  for (const Rotation& rotation : rotations) {
    lines += Concat("\n  - ", rotation.secret->Name(), ": ", Reason(rotation));
  }
  diagnostics.AddWarning("Secrets of the webhook are rotated",
                         Concat("The update sends the webhook's target again, with all its configured secrets. Of "
                                "these, the following change:\n",
                                lines));
}

bool Rotates(const std::vector<Rotation>& rotations, std::string_view spec) {
  return std::any_of(rotations.begin(), rotations.end(),
                     [&](const Rotation& rotation) { return rotation.secret->spec == spec; });
}

// The service returns no secret, so the state of a webhook that was imported or moved has none, and the configuration's
// look new. That this one update is expected needs saying.
void ExplainSecretsAfterAdoption(const Value& prior, const Value& planned, Diagnostics& diagnostics) {
  std::vector<std::string> secrets;
  for (const WriteOnlySecret& secret : kWriteOnlySecrets) {
    const Value& before = prior.Get(secret.spec);
    const Value& after = planned.Get(secret.spec);
    if (!before.is_set() || !after.is_set()) continue;
    const bool is_new = before.Get(secret.plain).is_null() && !after.Get(secret.plain).is_null();
    if (is_new) secrets.push_back(Concat(secret.spec, ".", secret.plain));
  }
  if (secrets.empty()) return;
  diagnostics.AddWarning(
      "Secrets are sent once more",
      Concat("The webhook was imported or moved, and the service returns no secrets, so it is not known whether it has "
             "these: ",
             tfcpp::Join(secrets, ", "),
             ". The update sends what the configuration says; the plan after it is empty."));
}

// A job webhook needs a token to start its job. The documented usage gives none, so the provider lends its own, but
// only where that is what the user must mean: the same workspace, and a token to lend.
void JudgeLentToken(const Facts& facts, const Value& config_spec, const Value& spec, Diagnostics& diagnostics) {
  if (!spec.is_set()) return;  // decided at apply
  if (!spec.Get("access_token").is_null() || !Member(config_spec, "access_token_wo", Type::String()).is_null()) return;
  const std::string_view auth_type = Fact(facts, kFactAuthType);
  if (auth_type.empty()) return;
  const Value& workspace_url = spec.Get("workspace_url");
  if (!workspace_url.is_known()) return;
  if (!workspace_url.is_null()) {
    const auto host = tfcpp::databricks::NormaliseHost(workspace_url.AsString());
    if (!host.has_value() || *host != Fact(facts, kFactHost)) {
      diagnostics.AddError(
          "Job webhook needs an access token",
          "job_spec.workspace_url names another workspace than the provider's, so the provider cannot lend its own "
          "token. Set job_spec.access_token, or job_spec.access_token_wo, to a personal access token of that "
          "workspace.");
      return;
    }
  }
  if (auth_type != "pat") {
    diagnostics.AddError(
        "Job webhook needs an access token",
        Concat("The service starts the job with a personal access token. The provider signs in by ", auth_type,
               " and has none to lend. Set job_spec.access_token, or job_spec.access_token_wo."));
    return;
  }
  diagnostics.AddWarning(
      "The provider's own token is lent to the webhook",
      "job_spec.access_token is not set, so the service will start the job with the token that the "
      "provider signs in with. The job stops starting when that token expires or is revoked. Set "
      "job_spec.access_token, or job_spec.access_token_wo, to a token made for this purpose to decide it yourself.");
}

}  // namespace

tfcpp::PlanModifier DeriveRegistryWebhook() {
  return {"follows from model_name",
          [](const tfcpp::PlanModifierRequest& request, tfcpp::PlanModifierResponse& response) {
            if (!request.config.is_null()) return;
            const Value& model_name = request.whole_config.Get("model_name");
            if (model_name.is_null() || !model_name.may_be_null()) {
              response.planned = Value::Bool(model_name.is_null());
            } else {
              response.planned = Value::Unknown(Type::Bool());
            }
          }};
}

void ModifyWebhookPlan(tfcpp::crypto::Scrypt& scrypt, const tfcpp::PlanRequest& request, tfcpp::Plan& plan) {
  const bool create = request.prior.is_null();
  if (!create) RequireReplaceOnChangeOfKind(request.prior, plan);
  const auto rotations = create ? std::vector<Rotation>()
                                : FindRotations(request.config, request.prior, plan.planned,
                                                ParsePrivateData(request.private_data).digests, scrypt);
  // The digest of a secret shows nowhere in the plan, so the time of the update has to stand for the change.
  if (!rotations.empty()) plan.planned = plan.planned.With("updated_at", Value::Unknown(Type::String()));
  if (!request.changes && rotations.empty()) return;

  const auto prior = [&](std::string_view name) {
    return create ? Value::Null(plan.planned.Get(name).type()) : request.prior.Get(name);
  };
  Diagnostics& diagnostics = plan.diagnostics;
  WarnAboutEvents(prior("events"), plan.planned.Get("events"), diagnostics);
  WarnAboutModelName(prior("model_name"), plan.planned.Get("model_name"), diagnostics);
  WarnAboutVerification(prior("http_url_spec"), plan.planned.Get("http_url_spec"), diagnostics);
  if (!create && ParsePrivateData(request.private_data).adopted) {
    ExplainSecretsAfterAdoption(request.prior, plan.planned, diagnostics);
  }
  if (plan.requires_replace.empty()) TellRotations(rotations, diagnostics);
  const bool job_is_sent = plan.planned.Get("job_spec") != prior("job_spec") || Rotates(rotations, "job_spec");
  if (job_is_sent) {
    JudgeLentToken(request.facts, request.config.Get("job_spec"), plan.planned.Get("job_spec"), diagnostics);
  }
}

}  // namespace mlflow
