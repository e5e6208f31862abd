#include "provider/registry_webhook/plan.h"

#include <algorithm>
#include <utility>

#include "provider/registry_webhook/events.h"
#include "provider/registry_webhook/lent_token.h"
#include "provider/registry_webhook/secrets.h"
#include "provider/registry_webhook/validators.h"
#include "provider/shared/plan_checks.h"
#include "provider/shared/plan_secrets.h"
#include "tfcpp/base/strings.h"
#include "tfcpp/value/walk.h"

namespace mlflow {
namespace {

using tfcpp::Concat;
using tfcpp::Diagnostics;
using tfcpp::Path;
using tfcpp::Type;
using tfcpp::Value;

// Exactly one spec is set, so one that is not known yet is decided where the other one is.
bool IsSurelySet(const Value& spec, const Value& other) {
  return !spec.may_be_null() || (!spec.is_known() && other.is_null());
}
bool IsSurelyNull(const Value& spec, const Value& other) {
  return spec.is_null() || (!spec.is_known() && spec.may_be_null() && !other.may_be_null());
}

// The API documents no way from one kind of target to the other, so it is a replacement. It must be planned up front
// also where the kind is open: Terraform refuses an update that becomes a replacement at apply.
void RequireReplaceOnChangeOfKind(const Value& prior, tfcpp::Plan& plan) {
  const Value& http = plan.planned.Get("http_url_spec");
  const Value& job = plan.planned.Get("job_spec");
  const auto stays = [&](const char* name, const Value& spec, const Value& other) {
    return prior.Get(name).is_null() ? IsSurelyNull(spec, other) : IsSurelySet(spec, other);
  };
  if (!stays("http_url_spec", http, job)) plan.requires_replace.push_back(Path("http_url_spec"));
  if (!stays("job_spec", job, http)) plan.requires_replace.push_back(Path("job_spec"));
  const bool open = !http.is_known() && http.may_be_null() && !job.is_known() && job.may_be_null();
  if (!open) return;
  plan.diagnostics.AddWarning(
      "Kind of the target is not known yet",
      "http_url_spec and job_spec are both known only after apply. One kind of target cannot become the other, so the "
      "webhook is planned to be replaced even if its kind stays the same. To have it updated, write one of the two as "
      "null, or apply first what their values depend on (-target).");
}

void WarnAboutEvents(const Value& prior_events, const Value& events, Diagnostics& diagnostics) {
  for (const std::string& event : NewTexts(prior_events, events)) {
    const EventVerdict verdict = JudgeEvent(event).verdict;
    if (verdict == EventVerdict::kUndocumented) {
      diagnostics.AddWarning("Event is not documented",
                             Concat(event,
                                    " is not in the service's documentation. It is sent as it is; the service decides "
                                    "whether it exists and when it fires."),
                             Path("events"));
    } else if (verdict == EventVerdict::kUnknown) {
      const std::string_view of_server = ServerEventLike(event);
      diagnostics.AddWarning(
          "Unknown event",
          Concat(event, " is no event that this provider knows. It is sent as it is; the service decides. Known are: ",
                 tfcpp::Join(KnownEvents(), ", "), ".",
                 of_server.empty() ? ""
                                   : Concat(" An MLflow server has an event \"", of_server,
                                            "\"; its webhooks are mlflow_server_webhook.")),
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
  const tfcpp::Path flag("enable_ssl_verification");
  const auto now = tfcpp::At(spec, flag);
  if (!now.has_value() || !now->is_set() || now->AsBool() || tfcpp::At(prior_spec, flag) == now) return;
  diagnostics.AddWarning("Certificate of the endpoint is not verified",
                         "enable_ssl_verification = false lets anybody on the way read the events and the "
                         "authorization header. Use it for self-signed certificates in trusted networks only.",
                         Path("http_url_spec").Attribute("enable_ssl_verification"));
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
  for (const SecretRow* row : PlanSecrets(WebhookSecrets(), scrypt, request, plan)) JudgeLentToken(*row, request, plan);
  if (plan.planned == request.prior) return;

  const auto prior = [&](std::string_view name) {
    return create ? Value::Null(plan.planned.Get(name).type()) : request.prior.Get(name);
  };
  Diagnostics& diagnostics = plan.diagnostics;
  if (!create && plan.requires_replace.empty()) CheckShownConfig(ShownConfigValidators(), request.config, diagnostics);
  WarnAboutEvents(prior("events"), plan.planned.Get("events"), diagnostics);
  WarnAboutModelName(prior("model_name"), plan.planned.Get("model_name"), diagnostics);
  WarnAboutVerification(prior("http_url_spec"), plan.planned.Get("http_url_spec"), diagnostics);
}

}  // namespace mlflow
