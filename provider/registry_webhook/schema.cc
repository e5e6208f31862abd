#include "provider/registry_webhook/schema.h"

#include <string>
#include <utility>

#include "base/strings.h"
#include "databricks/host.h"
#include "provider/registry_webhook/adopt.h"
#include "provider/registry_webhook/identity.h"
#include "provider/registry_webhook/plan.h"
#include "provider/registry_webhook/secrets.h"
#include "provider/registry_webhook/validators.h"
#include "provider/shared/secret_attributes.h"
#include "schema/plan_modifiers.h"
#include "schema/validators.h"

namespace mlflow {
namespace {

using tfcpp::Attribute;
using tfcpp::Mode;
using tfcpp::NestedObject;
using tfcpp::Nesting;
using tfcpp::Type;
using tfcpp::Value;

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

NestedObject HttpUrlSpec() {
  const SecretRow& header = WebhookSecrets()[0];
  const SecretRow& secret = WebhookSecrets()[1];
  return {Nesting::kSingle,
          {
              {.name = "url",
               .type = Type::String(),
               .mode = Mode::kRequired,
               .validators = {HttpsUrl("http_url_spec.url")},
               .description = "The endpoint that the service calls with a POST request. Must be HTTPS and reachable "
                              "from the workspace."},
              {.name = "enable_ssl_verification",
               .type = Type::Bool(),
               .mode = Mode::kOptionalComputed,
               .default_value = Value::Bool(true),
               .description = "Whether the service verifies the endpoint's certificate. Turn it off for self-signed "
                              "certificates only: without it, nobody knows who receives the events."},
              {.name = "authorization_header",
               .type = Type::String(),
               .sensitive = true,
               .validators = {AuthorizationHeader("http_url_spec.authorization_header")},
               .description = "The value of the `Authorization` header of each delivery, for example `Bearer <token>`. "
                              "Never returned by the service; kept in the state."},
              WriteOnlyForm(header, AuthorizationHeader(header.Name())),
              VersionForm(header),
              {.name = "secret",
               .type = Type::String(),
               .sensitive = true,
               .validators = {tfcpp::SecretText("http_url_spec.secret")},
               .description = "The key with which the service signs each payload (HMAC-SHA256, header "
                              "`X-Databricks-Signature`). Never returned by the service; kept in the state."},
              WriteOnlyForm(secret, tfcpp::SecretText(secret.Name())),
              VersionForm(secret),
              OtherName("http_url_spec", "authorization", "authorization_header"),
          }};
}

NestedObject JobSpec() {
  const SecretRow& token = WebhookSecrets()[2];
  return {Nesting::kSingle,
          {
              {.name = "job_id",
               .type = Type::String(),
               .mode = Mode::kRequired,
               .validators = {JobId()},
               .description = "The job that the service runs, a string of digits such as `databricks_job.example.id`."},
              {.name = "access_token",
               .type = Type::String(),
               .sensitive = true,
               .validators = {tfcpp::SecretText("job_spec.access_token")},
               .description =
                   "The personal access token with which the service starts the job. When absent, the provider lends "
                   "its own token each time it sends the target, if it signs in with a token and the job is in the "
                   "same workspace. Never returned by the service; kept in the state (a lent token is not)."},
              WriteOnlyForm(token, tfcpp::SecretText(token.Name())),
              VersionForm(token),
              {.name = "workspace_url",
               .type = Type::String(),
               .validators = {HttpsUrl("job_spec.workspace_url")},
               .equivalence = SameHost(),
               .description = "The workspace of the job, an `https` URL. When absent, the webhook's own workspace."},
          }};
}

std::string TargetDescription(std::string_view what) {
  return tfcpp::Concat(
      what,
      " Exactly one of `http_url_spec` and `job_spec` must be set; going from one to the other replaces "
      "the webhook. Mind the spelling of its members: Terraform drops one that does not exist, without a "
      "word, before the provider sees it.");
}

tfcpp::Schema MakeSchema() {
  return {
      .version = 0,
      .attributes =
          {
              {.name = "id",
               .type = Type::String(),
               .mode = Mode::kComputed,
               .plan_modifiers = {tfcpp::UseStateForUnknown()},
               .description = "The webhook's identifier, given by the service."},
              {.name = "events",
               .type = Type::Set(Type::String()),
               .mode = Mode::kRequired,
               .validators = {tfcpp::SizeAtLeast(1), EventNames()},
               .description = "The registry events that trigger the webhook, at least one. Order and repetition make "
                              "no difference. An event that the provider does not know is sent with a warning: the "
                              "service decides."},
              {.name = "model_name",
               .type = Type::String(),
               .validators = {ModelName()},
               .plan_modifiers = {tfcpp::RequiresReplace()},
               .description =
                   "The registered model to watch. When absent, the webhook is registry-wide, which needs workspace "
                   "admin rights. The service cannot change it, so a change replaces the webhook."},
              {.name = "registry_webhook",
               .type = Type::Bool(),
               .mode = Mode::kOptionalComputed,
               .plan_modifiers = {DeriveRegistryWebhook()},
               .description = "Whether the webhook is registry-wide (`true`) or scoped to `model_name` (`false`). "
                              "Follows from `model_name`; set it to have the two checked against each other."},
              {.name = "description",
               .type = Type::String(),
               .mode = Mode::kOptionalComputed,
               .default_value = Value::String(""),
               .description = "What the webhook is for. Removing it clears it on the service."},
              {.name = "status",
               .type = Type::String(),
               .mode = Mode::kOptionalComputed,
               .default_value = Value::String("ACTIVE"),
               .validators = {tfcpp::OneOf({"ACTIVE", "DISABLED", "TEST_MODE"})},
               .description =
                   "`ACTIVE`, `DISABLED`, or `TEST_MODE` (fires on test deliveries only, not on real events)."},
              {.name = "http_url_spec",
               .type = HttpUrlSpec(),
               .description = TargetDescription("Call an HTTPS endpoint.")},
              {.name = "job_spec", .type = JobSpec(), .description = TargetDescription("Run a Databricks job.")},
              {.name = "created_at",
               .type = Type::String(),
               .mode = Mode::kComputed,
               .plan_modifiers = {tfcpp::UseStateForUnknown()},
               .description =
                   "When the webhook was created: RFC 3339, UTC, milliseconds; null if the service does not say."},
              {.name = "updated_at",
               .type = Type::String(),
               .mode = Mode::kComputed,
               .description =
                   "When the webhook was last changed: RFC 3339, UTC, milliseconds; null if the service does not say."},
          },
      .description =
          "A webhook of the Databricks Workspace Model Registry: the service calls an HTTPS endpoint, or runs a job, "
          "when registered models and their versions change. Models of Unity Catalog have no registry webhooks.",
  };
}

}  // namespace

const tfcpp::Schema& WebhookSchema() {
  static const tfcpp::Schema kSchema = MakeSchema();
  return kSchema;
}

tfcpp::ResourceType WebhookType(const std::shared_ptr<tfcpp::crypto::Scrypt>& scrypt) {
  return {.name = kWebhookTypeName,
          .schema = WebhookSchema(),
          .config_validators = WebhookConfigValidators(),
          .modify_plan = [scrypt](const tfcpp::PlanRequest& request,
                                  tfcpp::Plan& plan) { ModifyWebhookPlan(*scrypt, request, plan); },
          .identity = WebhookIdentitySchema(),
          .import_state = ImportWebhook,
          .movers = {DatabricksWebhookMover()}};
}

}  // namespace mlflow
