#include "provider/registry_webhook/webhook.h"

#include <string_view>
#include <utility>

#include "databricks/host.h"
#include "provider/registry_webhook/plan.h"
#include "provider/registry_webhook/secrets.h"
#include "provider/registry_webhook/validators.h"
#include "provider/shared/secret_attributes.h"
#include "tfcpp/base/strings.h"
#include "tfcpp/base/url.h"
#include "tfcpp/schema/plan_modifiers.h"
#include "tfcpp/schema/validators.h"

namespace mlflow {
namespace {

using tfcpp::Attribute;
using tfcpp::Json;
using tfcpp::Mode;
using tfcpp::Type;
using tfcpp::Value;
using tfcpp::fields::Derived;
using tfcpp::fields::Field;
using tfcpp::fields::Fields;
using tfcpp::fields::Misfit;
using tfcpp::fields::Never;
using tfcpp::fields::Ours;
using tfcpp::fields::Sent;

// Of Slack, Teams, Logic Apps and many others.
bool HasPathOrQuery(const Value& url) { return tfcpp::HasMoreThanHost(url.AsString()); }

// The service may write a workspace's address in another form, with a slash at its end for instance.
tfcpp::Equivalence SameHost() {
  return {"the same host", [](const Value& state, const Value& remote) {
            const auto a = tfcpp::databricks::NormaliseHost(state.AsString());
            const auto b = tfcpp::databricks::NormaliseHost(remote.AsString());
            return a.has_value() && b.has_value() && *a == *b;
          }};
}

// A name that people write by habit, from the API or another provider. Terraform drops members of an object that the
// schema lacks, without a word, so this one has to be there to be refused. Deprecated, which keeps it out of
// configurations that Terraform generates.
Attribute OtherName(const std::string& spec, const std::string& name, const std::string& here) {
  return {.name = name,
          .type = Type::String(),
          .sensitive = true,
          .validators = {CalledOtherwise(spec, name, here)},
          .description = "Its name in the API and in `databricks_mlflow_webhook`. Any value is an error.",
          .deprecation = tfcpp::Concat("always null, because `", name, "` is called `", here, "` here.")};
}

std::string TargetDescription(std::string_view what) {
  return tfcpp::Concat(
      what,
      " Exactly one of `http_url_spec` and `job_spec` must be set; going from one to the other replaces "
      "the webhook. Mind the spelling of its members: Terraform drops one that does not exist, without a "
      "word, before the provider sees it.");
}

bool IsRegistryWide(const RegistryWebhook& webhook) { return !webhook.model_name.has_value(); }

Fields HttpUrlSpecFields() {
  const SecretRow& header = WebhookSecrets()[0];
  const SecretRow& secret = WebhookSecrets()[1];
  const SecretRow& url = WebhookSecrets()[3];
  return {
      Field<&HttpUrlSpec::url>(
          {.name = "url",
           .has_secret_part = HasPathOrQuery,
           .validators = {HttpsUrl("http_url_spec.url")},
           .description = "The endpoint that the service calls with a POST request. Must be HTTPS and reachable from "
                          "the workspace. Stands in plans and in the state: where its path or query is a secret, as "
                          "for Slack, Teams and Logic Apps, use `url_wo`. Exactly one of the two must be set."},
          {.name = "url", .always_there = true},
          "The endpoint that the service calls, in clear and whole, as the service returns it to whoever may list "
          "webhooks. Its path and query may be secrets, also where the webhook is made with `url_wo`."),
      Never(WriteOnlyForm(url, HttpsUrl(url.Name(), /*write_only=*/true))),
      Ours<&HttpUrlSpec::url_wo_version>(VersionForm(url)),
      Field<&HttpUrlSpec::enable_ssl_verification>(
          {.name = "enable_ssl_verification",
           .mode = Mode::kOptionalComputed,
           .default_value = Value::Bool(true),
           .description = "Whether the service verifies the endpoint's certificate. Turn it off for self-signed "
                          "certificates only: without it, nobody knows who receives the events."},
          {.name = "enable_ssl_verification"}, "Whether the service verifies the endpoint's certificate."),
      Field<&HttpUrlSpec::authorization_header>(
          {.name = "authorization_header",
           .validators = {AuthorizationHeader("http_url_spec.authorization_header")},
           .description = "The value of the `Authorization` header of each delivery, for example `Bearer <token>`. "
                          "Never returned by the service; kept in the state."},
          {.name = "authorization"}),
      Never(WriteOnlyForm(header, AuthorizationHeader(header.Name()))),
      Ours<&HttpUrlSpec::authorization_header_wo_version>(VersionForm(header)),
      Field<&HttpUrlSpec::secret>(
          {.name = "secret",
           .validators = {tfcpp::SecretText("http_url_spec.secret")},
           .description = "The key with which the service signs each payload (HMAC-SHA256, header "
                          "`X-Databricks-Signature`). Never returned by the service; kept in the state."},
          {.name = "secret"}),
      Never(WriteOnlyForm(secret, tfcpp::SecretText(secret.Name()))),
      Ours<&HttpUrlSpec::secret_wo_version>(VersionForm(secret)),
      Never(OtherName("http_url_spec", "authorization", "authorization_header")),
  };
}

Fields JobSpecFields() {
  const SecretRow& token = WebhookSecrets()[2];
  return {
      Field<&JobSpec::job_id>(
          {.name = "job_id",
           .mode = Mode::kRequired,
           .validators = {JobId()},
           .description = "The job that the service runs, a string of digits such as `databricks_job.example.id`."},
          {.name = "job_id"}, "The job that the service runs."),
      Field<&JobSpec::access_token>(
          {.name = "access_token",
           .validators = {tfcpp::SecretText("job_spec.access_token")},
           .description =
               "The personal access token with which the service starts the job. When absent, the provider lends "
               "its own token each time it sends the target, if it signs in with a token and the job is in the "
               "same workspace. Never returned by the service; kept in the state (a lent token is not)."},
          {.name = "access_token"}),
      Never(WriteOnlyForm(token, tfcpp::SecretText(token.Name()))),
      Ours<&JobSpec::access_token_wo_version>(VersionForm(token)),
      Field<&JobSpec::workspace_url>(
          {.name = "workspace_url",
           .validators = {HttpsUrl("job_spec.workspace_url")},
           .equivalence = SameHost(),
           .description = "The workspace of the job, an `https` URL. When absent, the webhook's own workspace."},
          {.name = "workspace_url"}, "The workspace of the job; null: the webhook's own workspace."),
  };
}

Fields WebhookFields() {
  return {
      Field<&RegistryWebhook::id>({.name = "id",
                                   .mode = Mode::kComputed,
                                   .plan_modifiers = {tfcpp::UseStateForUnknown()},
                                   .description = "The webhook's identifier, given by the service."},
                                  {.name = "id", .sent = Sent::kNever}),
      Field<&RegistryWebhook::events>(
          {.name = "events",
           .mode = Mode::kRequired,
           .validators = {tfcpp::SizeAtLeast(1), EventNames()},
           .description = "The registry events that trigger the webhook, at least one. Order and repetition make no "
                          "difference. An event that the provider does not know is sent with a warning: the service "
                          "decides."},
          {.name = "events", .elements = "names of events"}, "The registry events that trigger the webhook."),
      Field<&RegistryWebhook::model_name>(
          {.name = "model_name",
           .validators = {ModelName()},
           .plan_modifiers = {tfcpp::RequiresReplace()},
           .description =
               "The registered model to watch. When absent, the webhook is registry-wide, which needs workspace "
               "admin rights. The service cannot change it, so a change replaces the webhook."},
          {.name = "model_name", .sent = Sent::kOnCreate},
          "The registered model that is watched; null: the whole registry."),
      Derived<IsRegistryWide>(
          {.name = "registry_webhook",
           .mode = Mode::kOptionalComputed,
           .plan_modifiers = {DeriveRegistryWebhook()},
           .description = "Whether the webhook is registry-wide (`true`) or scoped to `model_name` (`false`). "
                          "Follows from `model_name`; set it to have the two checked against each other."},
          "Whether the webhook is registry-wide."),
      Field<&RegistryWebhook::description>(
          {.name = "description",
           .mode = Mode::kOptionalComputed,
           .default_value = Value::String(""),
           .description = "What the webhook is for. Removing it clears it on the service."},
          {.name = "description"}, "What the webhook is for; empty: no description."),
      Field<&RegistryWebhook::status>(
          {.name = "status",
           .mode = Mode::kOptionalComputed,
           .default_value = Value::String("ACTIVE"),
           .validators = {tfcpp::OneOf({"ACTIVE", "DISABLED", "TEST_MODE"})},
           .description = "`ACTIVE`, `DISABLED`, or `TEST_MODE` (fires on test deliveries only, not on real events)."},
          {.name = "status"}, "`ACTIVE`, `DISABLED` or `TEST_MODE`."),
      Field<&RegistryWebhook::http_url_spec>(
          {.name = "http_url_spec", .description = TargetDescription("Call an HTTPS endpoint.")},
          {.name = "http_url_spec"},
          "The HTTPS endpoint that is called; null for a webhook that runs a job. Its secrets are never returned by "
          "the "
          "service, nor whether there are any."),
      Field<&RegistryWebhook::job_spec>({.name = "job_spec", .description = TargetDescription("Run a Databricks job.")},
                                        {.name = "job_spec"},
                                        "The Databricks job that is run; null for a webhook that calls an endpoint."),
      Field<&RegistryWebhook::created_at>(
          {.name = "created_at",
           .mode = Mode::kComputed,
           .plan_modifiers = {tfcpp::UseStateForUnknown()},
           .description =
               "When the webhook was created: RFC 3339, UTC, milliseconds; null if the service does not say."},
          {.name = "creation_timestamp", .sent = Sent::kNever}),
      Field<&RegistryWebhook::updated_at>(
          {.name = "updated_at",
           .mode = Mode::kComputed,
           .description =
               "When the webhook was last changed: RFC 3339, UTC, milliseconds; null if the service does not say."},
          {.name = "last_updated_timestamp", .sent = Sent::kNever}),
  };
}

bool Has(const Json& json, std::string_view name) {
  const Json* member = json.Find(name);
  return member != nullptr && !member->is_null();
}

}  // namespace

Entry<RegistryWebhook> ReadWebhook(const Json& json, const tfcpp::rest::KnownSecrets& secrets) {
  RegistryWebhook webhook;
  Misfit misfit = tfcpp::fields::Read(json, webhook);
  if (json.is_object() && Has(json, "http_url_spec") == Has(json, "job_spec")) {
    Refuse(misfit, "http_url_spec", "the target",
           Has(json, "job_spec") ? "is there twice, as http_url_spec and job_spec" : "is missing");
    misfit.unread.insert("job_spec");
  }
  return EntryOf(std::move(webhook), std::move(misfit), secrets);
}

}  // namespace mlflow

namespace tfcpp::fields {

template <>
const Fields& FieldsOf<mlflow::RegistryWebhook>() {
  static const Fields kFields = mlflow::WebhookFields();
  return kFields;
}
template <>
const Fields& FieldsOf<mlflow::HttpUrlSpec>() {
  static const Fields kFields = mlflow::HttpUrlSpecFields();
  return kFields;
}
template <>
const Fields& FieldsOf<mlflow::JobSpec>() {
  static const Fields kFields = mlflow::JobSpecFields();
  return kFields;
}

}  // namespace tfcpp::fields
