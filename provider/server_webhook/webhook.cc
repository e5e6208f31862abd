#include "provider/server_webhook/webhook.h"

#include <utility>

#include "mlflow_server/events.h"
#include "provider/server_webhook/secrets.h"
#include "provider/server_webhook/validators.h"
#include "provider/shared/secret_attributes.h"
#include "tfcpp/base/strings.h"
#include "tfcpp/base/url.h"
#include "tfcpp/schema/plan_modifiers.h"
#include "tfcpp/schema/validators.h"

namespace mlflow {
namespace {

using tfcpp::Mode;
using tfcpp::Value;
using tfcpp::fields::Field;
using tfcpp::fields::Fields;
using tfcpp::fields::Never;
using tfcpp::fields::Ours;
using tfcpp::fields::Sent;

bool HasMoreThanHost(const Value& url) { return tfcpp::HasMoreThanHost(url.AsString()); }

Fields ServerWebhookFields() {
  const SecretRow& secret = ServerWebhookSecrets()[0];
  const SecretRow& url = ServerWebhookSecrets()[1];
  return {
      Field<&ServerWebhook::id>({.name = "id",
                                 .mode = Mode::kComputed,
                                 .plan_modifiers = {tfcpp::UseStateForUnknown()},
                                 .description = "The webhook's identifier, given by the server."},
                                {.name = "webhook_id", .sent = Sent::kNever}),
      Field<&ServerWebhook::name>({.name = "name",
                                   .mode = Mode::kRequired,
                                   .validators = {ServerWebhookName()},
                                   .description = "What the webhook is called. Several may have the same name."},
                                  {.name = "name"}, "What the webhook is called. Several may have the same name."),
      Field<&ServerWebhook::url>(
          {.name = "url",
           .has_secret_part = HasMoreThanHost,
           .validators = {ServerWebhookUrl("url")},
           .description =
               "The endpoint that the server calls with a POST request. By default servers call `https` only, and no "
               "private address; their operator may allow both. User information in it is sent as basic "
               "authentication, which is the only way to sign in to a target. Neither errors nor logs of the provider "
               "show its path or its query, but it stands in plans and in the state: where it is a secret, as for "
               "Slack, Teams and Logic Apps, use `url_wo`. Exactly one of the two must be set."},
          {.name = "url", .always_there = true},
          "The endpoint that the server calls, in clear and whole, as the server returns it to whoever may list "
          "webhooks. User information, path and query may be secrets, also where the webhook is made with `url_wo`."),
      Never(WriteOnlyForm(url, ServerWebhookUrl(url.Name(), /*write_only=*/true))),
      Ours<&ServerWebhook::url_wo_version>(VersionForm(url)),
      Field<&ServerWebhook::events>(
          {.name = "events",
           .mode = Mode::kRequired,
           .validators = {tfcpp::SizeAtLeast(1), ServerEventNamesOfSet()},
           .description = "The events that trigger the webhook, at least one, as `entity.action`. Order and repetition "
                          "make no difference. An event that the provider does not know is sent with a warning: the "
                          "server decides."},
          {.name = "events", .elements = "objects of entity and action"}, "The events that trigger the webhook."),
      Field<&ServerWebhook::description>(
          {.name = "description",
           .mode = Mode::kOptionalComputed,
           .default_value = Value::String(""),
           .description = "What the webhook is for. Removing it clears it on the server, from MLflow 3.16 on; older "
                          "servers cannot clear a description, which is an error after the apply."},
          {.name = "description"}, "What the webhook is for; empty: no description."),
      Field<&ServerWebhook::status>({.name = "status",
                                     .mode = Mode::kOptionalComputed,
                                     .default_value = Value::String("ACTIVE"),
                                     .validators = {tfcpp::OneOf({"ACTIVE", "DISABLED"})},
                                     .description = "`ACTIVE` or `DISABLED`. Sent with every update: servers before "
                                                    "MLflow 3.16 switch a webhook on otherwise."},
                                    {.name = "status", .sent = Sent::kAlways, .always_there = true},
                                    "`ACTIVE` or `DISABLED`."),
      Field<&ServerWebhook::secret>(
          {.name = "secret",
           .validators = {tfcpp::SecretText("secret")},
           .description = "The key with which the server signs each delivery (HMAC-SHA256, header "
                          "`X-MLflow-Signature`). Never returned by the server; kept in the state. Adding or changing "
                          "it is an update; removing it replaces the webhook, because servers before MLflow 3.16 "
                          "would keep it without a sign."},
          {.name = "secret"}),
      Never(WriteOnlyForm(secret, tfcpp::SecretText(secret.Name()))),
      Ours<&ServerWebhook::secret_wo_version>(VersionForm(secret)),
      Ours<&ServerWebhook::workspace>(
          {.name = "workspace",
           .validators = {MlflowWorkspace()},
           .description =
               "The MLflow workspace that has the webhook (MLflow 3.10, `--enable-workspaces`). When absent, "
               "the provider's `tracking_workspace`, and without that the server's default one. A change of "
               "the workspace that results replaces the webhook; a change of `tracking_workspace` alone "
               "never does."}),
      Field<&ServerWebhook::created_at>({.name = "created_at",
                                         .mode = Mode::kComputed,
                                         .plan_modifiers = {tfcpp::UseStateForUnknown()},
                                         .description = "When the webhook was created: RFC 3339, UTC, milliseconds."},
                                        {.name = "creation_timestamp", .sent = Sent::kNever}),
      Field<&ServerWebhook::updated_at>(
          {.name = "updated_at",
           .mode = Mode::kComputed,
           .description = "When the webhook was last changed: RFC 3339, UTC, milliseconds."},
          {.name = "last_updated_timestamp", .sent = Sent::kNever}),
  };
}

}  // namespace

Entry<ServerWebhook> ReadServerWebhook(const tfcpp::Json& json, const tfcpp::rest::KnownSecrets& secrets) {
  ServerWebhook webhook;
  tfcpp::fields::Misfit misfit = tfcpp::fields::Read(json, webhook);
  return EntryOf(std::move(webhook), std::move(misfit), secrets);
}

std::vector<std::string_view> ServerWebhookMembers() {
  auto members = tfcpp::fields::ReadMembers(tfcpp::fields::FieldsOf<ServerWebhook>());
  members.insert(members.end(), {"entity", "action"});
  return members;
}

}  // namespace mlflow

namespace tfcpp::fields {

using mlflow::ServerEvents;
using Names = Rule<std::set<std::string>>;

Value Rule<ServerEvents>::ToValue(const ServerEvents& member) { return Names::ToValue(member); }

ServerEvents Rule<ServerEvents>::FromValue(const Value& value) { return ServerEvents(Names::FromValue(value)); }

std::string Rule<ServerEvents>::Read(const Json& json, const Row& row, ServerEvents& member) {
  if (!json.is_array()) return "is no array";
  for (const Json& event : json.elements()) {
    std::string name = mlflow_server::FromWire(event);
    if (name.empty()) return Concat("does not hold ", row.wire.elements);
    member.insert(std::move(name));
  }
  return member.empty() ? Concat("does not hold ", row.wire.elements) : "";
}

Json Rule<ServerEvents>::Write(const ServerEvents& member) {
  std::vector<Json> events;
  for (const std::string& name : member) events.push_back(mlflow_server::ToWire(name));
  return Json::Array(std::move(events));
}

template <>
const Fields& FieldsOf<mlflow::ServerWebhook>() {
  static const Fields kFields = mlflow::ServerWebhookFields();
  return kFields;
}

}  // namespace tfcpp::fields
