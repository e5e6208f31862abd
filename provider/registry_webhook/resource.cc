#include "provider/registry_webhook/resource.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "provider/diagnose.h"
#include "provider/registry_webhook/identity.h"
#include "provider/registry_webhook/model.h"
#include "provider/registry_webhook/secrets.h"
#include "provider/shared/addresses.h"
#include "provider/shared/decision.h"
#include "provider/shared/last_seen.h"
#include "provider/shared/outcomes.h"
#include "tfcpp/base/strings.h"

namespace mlflow {
namespace {

using tfcpp::Concat;
using tfcpp::Context;
using tfcpp::Diagnostic;
using tfcpp::Error;
using tfcpp::Outcome;
using tfcpp::Severity;
using tfcpp::Value;
using tfcpp::fields::ToState;

constexpr char kHost[] = "host";  // in the private data

// The state that an import makes up has a target only once it was read.
bool IsImport(const Value& state) { return state.Get("http_url_spec").is_null() && state.Get("job_spec").is_null(); }

// As a WebhookKey has it.
std::string ModelOf(const RegistryWebhook& webhook) { return webhook.model_name.value_or(""); }

std::string InWords(const std::string& model_name) {
  return model_name.empty() ? "the whole registry" : Concat("the model ", model_name);
}

Diagnostic OfAnotherModel(const WebhookKey& key, const RegistryWebhook& webhook) {
  return {Severity::kError,
          "Webhook of another model",
          Concat("Webhook ", key.id, " is not of the model ", key.model_name, ", but of ", InWords(ModelOf(webhook)),
                 ". Import it as ", webhook.model_name.has_value() ? Concat(*webhook.model_name, "/", key.id) : key.id,
                 "."),
          {}};
}

Diagnostic Renamed(const WebhookKey& key, const RegistryWebhook& webhook) {
  return {Severity::kWarning,
          "Webhook watches another model than before",
          Concat("Webhook ", key.id, " was last seen for ", InWords(key.model_name), "; now it is for ",
                 InWords(ModelOf(webhook)),
                 ". A webhook keeps its id when its model is renamed, so it is the same one and stays in the state.\n\n"
                 "Let model_name in the configuration say what it is now, and the plan is empty. Otherwise the plan "
                 "replaces the webhook: it deletes this one, and makes one for the model of the old name, if there is "
                 "such a model."),
          {}};
}

Diagnostic GoneByItsModel(const WebhookKey& key) {
  return {Severity::kWarning,
          "Webhook is gone, by its model alone",
          Concat("The model ", key.model_name, " has no webhook ", key.id,
                 " any more, or does not exist, so the webhook counts as deleted. If its model was renamed, it exists "
                 "still: that only a listing of the whole workspace could show, which needs workspace admin rights. "
                 "Before you apply, make sure that it was not: another webhook would be made."),
          {}};
}

WebhookKey KeyOf(const Value& state) {
  const Value& model_name = state.Get("model_name");
  return {.id = state.Get("id").AsString(), .model_name = model_name.is_null() ? "" : model_name.AsString()};
}

}  // namespace

void WebhookResource::Know(const Value& webhook) const {
  service_->Know(SecretsOf(WebhookSecrets(), webhook), AddressesOf(WebhookSecrets(), webhook));
}

Place WebhookResource::Here() const { return {{kHost, workspace_}}; }

Outcome WebhookResource::Tracked(const RegistryWebhook& webhook, const Value& hiding, PrivateData remembered) const {
  remembered.place = Here();
  Value state = WithoutAddresses(WebhookSecrets(), hiding, ToState(webhook), remembered.digests);
  return {.state = std::move(state),
          .private_data = WritePrivateData(remembered),
          .diagnostics = {},
          .identity = WebhookIdentity(workspace_, webhook.id, ModelOf(webhook))};
}

std::optional<Diagnostic> WebhookResource::WhyNotGone(const WebhookKey& key, const std::string& private_data) const {
  const PrivateData remembered = ParsePrivateData(private_data);
  switch (JudgeAbsence(remembered, Here())) {
    case Absence::kGone:
      return std::nullopt;
    case Absence::kNeverSeen:
      return Diagnostic{Severity::kError,
                        "Webhook to adopt does not exist",
                        key.model_name.empty()
                            ? Concat("The workspace ", workspace_, " has no webhook with the id ", key.id,
                                     ". Check the id, and the host that the provider is configured for.")
                            : Concat("The workspace ", workspace_, " has no webhook with the id ", key.id,
                                     " for the model ", key.model_name,
                                     ". Check both, and the host that the provider is configured for; a registry-wide "
                                     "webhook is imported by its id alone."),
                        {}};
    case Absence::kElsewhere:
      const auto host = remembered.place.find(kHost);
      return LastSeenElsewhere({.id = key.id,
                                .kind = "workspace",
                                .setting = "host",
                                .then = host == remembered.place.end() ? "another one" : host->second,
                                .now = workspace_});
  }
  return std::nullopt;
}

Outcome WebhookResource::Create(const Context& context, const tfcpp::CreateRequest& request) {
  // Before the call: what was made must not be lost to a failure after it.
  const SecretsToSend secrets = SecretsOfCreate(WebhookSecrets(), request.config, request.planned, *scrypt_);
  const auto created = service_->Create(context, {.sent = secrets.planned}, ToCreate(secrets.planned, lent_token_));
  if (!created.has_value()) {
    const std::string_view advice =
        created.error().reason == kDoesNotExist
            ? "model_name must be a registered model of this workspace's Model Registry; models of Unity Catalog are "
              "not in it."
            : "";
    return Failed(std::nullopt, "", ToDiagnostic(created.error(), "Cannot create the webhook", advice));
  }
  return Tracked(*created, request.planned, secrets.remembered);
}

Outcome WebhookResource::Read(const Context& context, const tfcpp::ReadRequest& request) {
  Know(request.state);
  const WebhookKey key = KeyOf(request.state);
  const PrivateData remembered = ParsePrivateData(request.private_data);
  const auto found = service_->Find(context, key);
  if (!found.has_value()) {
    return Failed(request.state, request.private_data, ToDiagnostic(found.error(), "Cannot read the webhook"));
  }
  if (!found->webhook.has_value()) {
    if (auto why = WhyNotGone(key, request.private_data)) return Failed(request.state, request.private_data, *why);
    Outcome gone{.state = std::nullopt, .private_data = "", .diagnostics = {}};
    if (found->by_its_model_alone) gone.diagnostics.Add(GoneByItsModel(key));
    return gone;
  }
  if (ModelOf(*found->webhook) == key.model_name) return Tracked(*found->webhook, request.state, remembered);
  if (IsImport(request.state) && !key.model_name.empty()) {
    return Failed(request.state, request.private_data, OfAnotherModel(key, *found->webhook));
  }
  Outcome outcome = Tracked(*found->webhook, request.state, remembered);
  if (!IsImport(request.state)) outcome.diagnostics.Add(Renamed(key, *found->webhook));
  return outcome;
}

Outcome WebhookResource::Update(const Context& context, const tfcpp::UpdateRequest& request) {
  Know(request.prior);
  Know(request.config);
  const WebhookKey key = KeyOf(request.prior);
  SecretsToSend secrets = SecretsOfUpdate(WebhookSecrets(), request, *scrypt_);
  if (!secrets.undecided.empty()) {
    return Failed(request.prior, request.private_data,
                  WhyNotSent("Target cannot be sent without its secrets",
                             "the webhook's target, which the service takes whole", secrets.undecided));
  }
  auto changes = ToUpdate(secrets.prior, secrets.planned, lent_token_);
  std::optional<RegistryWebhook> now;
  if (!changes.empty()) {
    auto updated = service_->Update(context, key, std::move(changes));
    if (!updated.has_value()) {
      if (updated.error().reason == kDoesNotExist) return UpdateOfMissing(key, request, updated.error());
      return Failed(AfterFailedUpdate(context, key, request, updated.error()), request.private_data,
                    ToDiagnostic(updated.error(), "Cannot update the webhook"));
    }
    now = *std::move(updated);
  }
  if (!now.has_value()) {
    // Nothing to send, or an answer without the webhook: what it is now must be asked for.
    const auto found = service_->Find(context, key);
    if (found.has_value()) now = found->webhook;
  }
  // The update is done; that its new time could not be read is no reason to fail it. The next refresh corrects it.
  if (now.has_value()) {
    Outcome updated = Tracked(*now, request.planned, std::move(secrets.remembered));
    // An answer that does not say when the webhook was made does not change that.
    if (!now->created_at.ms.has_value()) {
      updated.state = updated.state->With("created_at", request.prior.Get("created_at"));
    }
    return updated;
  }
  secrets.remembered.place = Here();
  return {.state = request.planned.With("updated_at", request.prior.Get("updated_at")),
          .private_data = WritePrivateData(secrets.remembered),
          .diagnostics = {}};
}

// An update whose outcome is not known ends with a read, so that the state says what the service has. That may be the
// address before or after it, so it is hidden where either must be; the next refresh tells which it is.
Value WebhookResource::AfterFailedUpdate(const Context& context, const WebhookKey& key,
                                         const tfcpp::UpdateRequest& request, const Error& error) {
  if (!error.may_have_acted) return request.prior;
  const auto found = service_->Find(context, key);
  if (!found.has_value() || !found->webhook.has_value()) return request.prior;
  return WithoutAddresses(WebhookSecrets(), request, ToState(*found->webhook));
}

Outcome WebhookResource::UpdateOfMissing(const WebhookKey& key, const tfcpp::UpdateRequest& request,
                                         const Error& error) const {
  if (auto why = WhyNotGone(key, request.private_data)) return Failed(request.prior, request.private_data, *why);
  return Failed(
      request.prior, request.private_data,
      ToDiagnostic(
          error, "Cannot update the webhook",
          "The webhook has been deleted since the plan was made. Plan and apply again: it will be created anew."));
}

Outcome WebhookResource::Delete(const Context& context, const tfcpp::DeleteRequest& request) {
  Know(request.state);
  const WebhookKey key = KeyOf(request.state);
  const auto deleted = service_->Delete(context, key);
  if (!deleted.has_value()) {
    return Failed(request.state, request.private_data, ToDiagnostic(deleted.error(), "Cannot delete the webhook"));
  }
  if (!*deleted) {
    if (auto why = WhyNotGone(key, request.private_data)) return Failed(request.state, request.private_data, *why);
  }
  return {.state = std::nullopt, .private_data = "", .diagnostics = {}};
}

}  // namespace mlflow
