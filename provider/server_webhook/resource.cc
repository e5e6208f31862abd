#include "provider/server_webhook/resource.h"

#include <algorithm>
#include <vector>

#include "provider/diagnose.h"
#include "provider/server_webhook/events.h"
#include "provider/server_webhook/identity.h"
#include "provider/server_webhook/model.h"
#include "provider/server_webhook/place.h"
#include "provider/server_webhook/secrets.h"
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
using tfcpp::Diagnostics;
using tfcpp::Error;
using tfcpp::Outcome;
using tfcpp::Severity;
using tfcpp::Value;
using tfcpp::fields::ToState;

// A server that does not know an event fails with an error without a reason, however often it is asked.
std::string WhyOnce(const Value& events) {
  for (const Value& event : events.Elements()) {
    if (!IsKnownServerEvent(event.AsString())) {
      return Concat("the server may not know the event ", tfcpp::Truncate(event.AsString(), 100),
                    ", and then it refuses the webhook each time.");
    }
  }
  return "";
}

std::string WorkspaceInWords(const std::string& workspace) {
  return workspace.empty() ? "the server's default workspace" : Concat("the workspace ", workspace);
}

Diagnostic DescriptionStays(const tfcpp::Result<std::string>& version) {
  return {Severity::kError, "Description cannot be cleared",
          Concat("The server",
                 version.has_value() ? Concat(", MLflow ", tfcpp::Truncate(tfcpp::OneLine(*version), 40), ",") : "",
                 " has taken the update, but the webhook has its description still: servers before MLflow 3.16.0 "
                 "cannot clear one. The state says what the server has, so the next plan shows it again. Set another "
                 "description, upgrade the server, or make the webhook anew with `terraform apply -replace=ADDRESS`."),
          tfcpp::Path("description")};
}

Diagnostic IsSwitchedOn() {
  return {
      Severity::kError, "Webhook is active although it is to be disabled",
      "The update said that the webhook is DISABLED, and the server answered that it is ACTIVE. No release of MLflow "
      "does that: a proxy or a plug-in of the server may drop the status. The state says what the server has.",
      tfcpp::Path("status")};
}

}  // namespace

void ServerWebhookResource::Know(const Value& webhook) const {
  service_->Know(SecretsOf(ServerWebhookSecrets(), webhook), AddressesOf(ServerWebhookSecrets(), webhook));
}

ServerWebhookKey ServerWebhookResource::KeyOf(const Value& webhook) const {
  const Value& id = webhook.Get("id");
  return {.id = id.is_set() ? id.AsString() : "", .workspace = WorkspaceOf(webhook, provider_)};
}

Place ServerWebhookResource::Here(const ServerWebhookKey& key) const {
  return ToFacts(ServerFacts{.address = provider_.address, .workspace = key.workspace});
}

Outcome ServerWebhookResource::Tracked(const ServerWebhookKey& key, const ServerWebhook& webhook, const Value& hiding,
                                       PrivateData remembered) const {
  remembered.place = Here(key);
  Value state = WithoutAddresses(ServerWebhookSecrets(), hiding, ToState(webhook), remembered.digests);
  return {.state = std::move(state),
          .private_data = WritePrivateData(remembered),
          .diagnostics = {},
          .identity = ServerWebhookIdentity(provider_.address, key.workspace, webhook.id)};
}

std::optional<Diagnostic> ServerWebhookResource::WhyNotGone(const ServerWebhookKey& key,
                                                            const std::string& private_data) const {
  const PrivateData remembered = ParsePrivateData(private_data);
  const ServerFacts then = ReadServerFacts(remembered.place);
  switch (JudgeAbsence(remembered, Here(key))) {
    case Absence::kGone:
      return std::nullopt;
    case Absence::kNeverSeen:
      return Diagnostic{Severity::kError,
                        "Webhook to adopt does not exist",
                        Concat(InWords({.address = provider_.address, .workspace = key.workspace}),
                               " has no webhook with the id ", key.id,
                               ". Check the id, the workspace (import it as WORKSPACE/ID), and the tracking_uri that "
                               "the provider is configured for."),
                        {}};
    case Absence::kElsewhere:
      if (then.address != provider_.address) {
        return LastSeenElsewhere({.id = key.id,
                                  .kind = "server",
                                  .setting = "tracking_uri",
                                  .then = then.address,
                                  .now = provider_.address});
      }
      return LastSeenElsewhere({.id = key.id,
                                .kind = "workspace",
                                .setting = "tracking_workspace",
                                .then = WorkspaceInWords(then.workspace),
                                .now = WorkspaceInWords(key.workspace)});
  }
  return std::nullopt;
}

Outcome ServerWebhookResource::Create(const Context& context, const tfcpp::CreateRequest& request) {
  Know(request.config);
  // Before the call: what was made must not be lost to a failure after it.
  const SecretsToSend secrets = SecretsOfCreate(ServerWebhookSecrets(), request.config, request.planned, *scrypt_);
  const std::string workspace = WorkspaceOf(request.planned, provider_);
  const auto created = service_->Create(
      context, {.sent = secrets.planned, .scope = workspace, .why_once = WhyOnce(request.planned.Get("events"))},
      ToServerCreate(secrets.planned));
  if (!created.has_value()) {
    return Failed(std::nullopt, "", ToDiagnostic(created.error(), "Cannot create the webhook"));
  }
  return Tracked({.id = created->id, .workspace = workspace}, *created, request.planned, secrets.remembered);
}

Outcome ServerWebhookResource::Read(const Context& context, const tfcpp::ReadRequest& request) {
  Know(request.state);
  const ServerWebhookKey key = KeyOf(request.state);
  const auto found = service_->Find(context, key);
  if (!found.has_value()) {
    return Failed(request.state, request.private_data, ToDiagnostic(found.error(), "Cannot read the webhook"));
  }
  if (found->has_value()) {
    // The state that an import makes up has nothing but the id, so it hides nothing.
    const bool is_import = request.state.Get("name").is_null();
    return Tracked(key, **found, is_import ? ToState(**found) : request.state, ParsePrivateData(request.private_data));
  }
  if (auto why = WhyNotGone(key, request.private_data)) return Failed(request.state, request.private_data, *why);
  return {.state = std::nullopt, .private_data = "", .diagnostics = {}};
}

Outcome ServerWebhookResource::Update(const Context& context, const tfcpp::UpdateRequest& request) {
  Know(request.prior);
  Know(request.config);
  const ServerWebhookKey key = KeyOf(request.planned);
  SecretsToSend secrets = SecretsOfUpdate(ServerWebhookSecrets(), request, *scrypt_);
  if (!secrets.undecided.empty()) {
    return Failed(request.prior, request.private_data,
                  WhyNotSent("Secret cannot be sent", "the webhook's secret", secrets.undecided));
  }
  auto changes = ToServerUpdate(secrets.prior, secrets.planned);
  if (changes.empty()) return Unsent(context, key, request, std::move(secrets.remembered));
  const auto updated = service_->Update(context, key, std::move(changes));
  if (!updated.has_value()) {
    return Failed(AfterFailedUpdate(context, key, request, updated.error()), request.private_data,
                  ToDiagnostic(updated.error(), "Cannot update the webhook"));
  }
  if (!updated->has_value()) return UpdateOfMissing(key, request);
  Outcome outcome = Tracked(key, **updated, request.planned, std::move(secrets.remembered));
  outcome.diagnostics = Refusals(context, request.planned, **updated);
  // What the state says of secrets is then as it was before, and so is what is remembered: they are sent once more.
  if (outcome.diagnostics.has_error()) outcome.private_data = request.private_data;
  return outcome;
}

Outcome ServerWebhookResource::Unsent(const Context& context, const ServerWebhookKey& key,
                                      const tfcpp::UpdateRequest& request, PrivateData remembered) {
  remembered.place = ParsePrivateData(request.private_data).place;
  if (key.workspace != WorkspaceOf(request.prior, provider_)) {
    // "default" is written down or taken out. Whether the server has workspaces, and this is its default one, only it
    // can tell, and a state that names another one could not be read any more.
    const auto found = service_->Find(context, key);
    if (!found.has_value()) {
      return Failed(request.prior, request.private_data, ToDiagnostic(found.error(), "Cannot update the webhook"));
    }
    if (!found->has_value()) return UpdateOfMissing(key, request);
    remembered.place = Here(key);
  }
  return {.state = request.planned.With("updated_at", request.prior.Get("updated_at")),
          .private_data = WritePrivateData(remembered),
          .diagnostics = {},
          .identity = ServerWebhookIdentity(provider_.address, key.workspace, key.id)};
}

Value ServerWebhookResource::AfterFailedUpdate(const Context& context, const ServerWebhookKey& key,
                                               const tfcpp::UpdateRequest& request, const Error& error) {
  if (!error.may_have_acted) return request.prior;
  const auto found = service_->Find(context, key);
  if (!found.has_value() || !found->has_value()) return request.prior;
  return WithoutAddresses(ServerWebhookSecrets(), request, ToState(**found));
}

Outcome ServerWebhookResource::UpdateOfMissing(const ServerWebhookKey& key, const tfcpp::UpdateRequest& request) const {
  if (auto why = WhyNotGone(key, request.private_data)) return Failed(request.prior, request.private_data, *why);
  return Failed(request.prior, request.private_data,
                {Severity::kError,
                 "Cannot update the webhook",
                 Concat("The server has no webhook ", key.id,
                        " any more: it has been deleted since the plan was made. Plan and apply again: it will be "
                        "created anew."),
                 {}});
}

Diagnostics ServerWebhookResource::Refusals(const Context& context, const Value& planned, const ServerWebhook& answer) {
  Diagnostics refusals;
  if (planned.Get("description").AsString().empty() && !answer.description.empty()) {
    refusals.Add(DescriptionStays(service_->Version(context)));
  }
  if (planned.Get("status").AsString() == "DISABLED" && answer.status == "ACTIVE") refusals.Add(IsSwitchedOn());
  return refusals;
}

Outcome ServerWebhookResource::Delete(const Context& context, const tfcpp::DeleteRequest& request) {
  Know(request.state);
  const ServerWebhookKey key = KeyOf(request.state);
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
