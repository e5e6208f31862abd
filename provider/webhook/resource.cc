#include "provider/webhook/resource.h"

#include <optional>
#include <utility>

#include "base/strings.h"
#include "provider/diagnose.h"
#include "provider/webhook/identity.h"
#include "provider/webhook/model.h"
#include "provider/webhook/write_only.h"

namespace mlflow {
namespace {

using tfcpp::Concat;
using tfcpp::Context;
using tfcpp::Diagnostic;
using tfcpp::Error;
using tfcpp::Outcome;
using tfcpp::Severity;
using tfcpp::Value;
using tfcpp::databricks::RegistryWebhook;

Outcome Failed(std::optional<Value> state, std::string private_data, Diagnostic diagnostic) {
  Outcome outcome{.state = std::move(state), .private_data = std::move(private_data), .diagnostics = {}};
  outcome.diagnostics.Add(std::move(diagnostic));
  return outcome;
}

WebhookKey KeyOf(const Value& state) {
  const Value& model_name = state.Get("model_name");
  return {.id = state.Get("id").AsString(), .model_name = model_name.is_null() ? "" : model_name.AsString()};
}

}  // namespace

Outcome WebhookResource::Tracked(const RegistryWebhook& webhook, const Value& from, PrivateData remembered) const {
  remembered.host = host_;
  return {.state = WithVersions(ToState(webhook), from),
          .private_data = WritePrivateData(remembered),
          .diagnostics = {},
          .identity = WebhookIdentity(host_, webhook.id, webhook.model_name)};
}

std::optional<Diagnostic> WebhookResource::WhyNotGone(const WebhookKey& key, const std::string& private_data) const {
  const PrivateData remembered = ParsePrivateData(private_data);
  if (remembered.adopted && remembered.host.empty()) {
    return Diagnostic{
        Severity::kError,
        "Webhook to adopt does not exist",
        key.model_name.empty()
            ? Concat("The workspace ", host_, " has no webhook with the id ", key.id,
                     ". Check the id, and the host that the provider is configured for.")
            : Concat("The workspace ", host_, " has no webhook with the id ", key.id, " for the model ", key.model_name,
                     ". Check both, and the host that the provider is configured for; a registry-wide "
                     "webhook is imported by its id alone."),
        {}};
  }
  if (remembered.host.empty() || remembered.host == host_) return std::nullopt;
  return Diagnostic{
      Severity::kError,
      "Webhook was last seen in another workspace",
      Concat("Webhook ", key.id, " was last seen at ", remembered.host, ", but the provider is configured for ", host_,
             ", which does not have it. It stays in the state, because it may well exist there still.\n\nIf the host "
             "is a mistake, set it back to ",
             remembered.host,
             ". If the workspace really moved and the webhook is gone, remove it from the state with `terraform state "
             "rm` and apply again to create it anew."),
      {}};
}

Outcome WebhookResource::Create(const Context& context, const tfcpp::CreateRequest& request) {
  const auto created =
      service_->Create(context, ToCreateInput(WithSecrets(request.config, request.planned), lent_token_));
  if (!created.has_value()) {
    const std::string_view advice =
        created.error().reason == kDoesNotExist
            ? "model_name must be a registered model of this workspace's Model Registry; models of Unity Catalog are "
              "not in it."
            : "";
    return Failed(std::nullopt, "", ToDiagnostic(created.error(), "Cannot create the webhook", advice));
  }
  return Tracked(*created, request.planned, {.digests = Remember(request.config, *scrypt_)});
}

Outcome WebhookResource::Read(const Context& context, const tfcpp::ReadRequest& request) {
  service_->Know(SecretsOf(request.state));
  const WebhookKey key = KeyOf(request.state);
  const auto found = service_->Find(context, key);
  if (!found.has_value()) {
    return Failed(request.state, request.private_data, ToDiagnostic(found.error(), "Cannot read the webhook"));
  }
  if (!found->has_value()) {
    if (auto why = WhyNotGone(key, request.private_data)) return Failed(request.state, request.private_data, *why);
    return {.state = std::nullopt, .private_data = "", .diagnostics = {}};
  }
  return Tracked(**found, request.state, ParsePrivateData(request.private_data));
}

Outcome WebhookResource::Update(const Context& context, const tfcpp::UpdateRequest& request) {
  service_->Know(SecretsOf(request.prior));
  service_->Know(SecretsOf(request.config));
  const WebhookKey key = KeyOf(request.prior);
  const SecretDigests digests = ParsePrivateData(request.private_data).digests;
  const auto changes =
      ToUpdateInput(WithFormerSecrets(request.config, request.prior, request.planned, digests, *scrypt_),
                    WithSecrets(request.config, request.planned), lent_token_);
  std::optional<RegistryWebhook> now;
  if (!IsEmpty(changes)) {
    auto updated = service_->Update(context, key, changes);
    if (!updated.has_value()) {
      if (updated.error().reason == kDoesNotExist) return UpdateOfMissing(key, request, updated.error());
      return Failed(AfterFailedUpdate(context, key, request.prior, updated.error()), request.private_data,
                    ToDiagnostic(updated.error(), "Cannot update the webhook"));
    }
    now = *std::move(updated);
  }
  if (!now.has_value()) {
    // Nothing to send, or an answer without the webhook: what it is now must be asked for.
    const auto found = service_->Find(context, key);
    if (found.has_value()) now = *found;
  }
  // The update is done; that its new time could not be read is no reason to fail it. The next refresh corrects it.
  PrivateData remembered{.host = host_, .digests = Remember(request.config, *scrypt_)};
  if (now.has_value()) return Tracked(*now, request.planned, std::move(remembered));
  return {.state = request.planned.With("updated_at", request.prior.Get("updated_at")),
          .private_data = WritePrivateData(remembered),
          .diagnostics = {}};
}

// An update whose outcome is not known ends with a read, so that the state says what the service has.
Value WebhookResource::AfterFailedUpdate(const Context& context, const WebhookKey& key, const Value& prior,
                                         const Error& error) {
  if (!error.may_have_acted) return prior;
  const auto found = service_->Find(context, key);
  return found.has_value() && found->has_value() ? WithVersions(ToState(**found), prior) : prior;
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
  service_->Know(SecretsOf(request.state));
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
