#include "provider/registry_webhook/adopt.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "databricks/host.h"
#include "databricks/workspace.h"
#include "provider/registry_webhook/facts.h"
#include "provider/registry_webhook/identity.h"
#include "provider/registry_webhook/schema.h"
#include "provider/shared/adoption.h"
#include "tfcpp/base/strings.h"
#include "tfcpp/base/url.h"

namespace mlflow {
namespace {

using tfcpp::Concat;
using tfcpp::Outcome;
using tfcpp::Type;
using tfcpp::Value;

// A state that says which webhook is meant; everything else is null until it is read.
Outcome Meant(std::string_view id, std::string_view model_name) {
  if (tfcpp::Trim(id).empty()) {
    Outcome outcome;
    outcome.diagnostics.AddError("Import needs an id",
                                 "Give the webhook's id, or <model_name>/<id> for a webhook of one model, such as "
                                 "`terraform import mlflow_webhook.example churn/1234`.");
    return outcome;
  }
  Value::Members meant = {{"id", Value::String(std::string(id))}};
  if (!model_name.empty()) meant.emplace("model_name", Value::String(std::string(model_name)));
  return Adopted(WebhookSchema().ImpliedType(), std::move(meant));
}

// The text of an attribute of the other provider's state, which may be absent, null or of another type.
std::string Text(const Value& object, std::string_view name) {
  if (!object.Has(name)) return "";
  const Value& value = object.Get(name);
  return value.is_set() && value.type() == Type::String() ? value.AsString() : "";
}

Value TextOrNull(const Value& object, std::string_view name) {
  std::string text = Text(object, name);
  return text.empty() ? Value::Null(Type::String()) : Value::String(std::move(text));
}

// The one object of a block that the other provider stores as a list; nullopt when there is none.
std::optional<Value> OnlyBlock(const Value& source, std::string_view name) {
  if (!source.Has(name)) return std::nullopt;
  const Value& list = source.Get(name);
  if (!list.is_set() || list.type().kind() != Type::Kind::kTuple || list.Elements().empty()) return std::nullopt;
  const Value& first = list.Elements().front();
  if (!first.is_set() || first.type().kind() != Type::Kind::kObject) return std::nullopt;
  return first;
}

// A target of the present schema: what is not among `members` is null.
Value Target(std::string_view name, Value::Members members) {
  const Type webhook = WebhookSchema().ImpliedType();
  return *Adopted(webhook.attributes().find(name)->second, std::move(members)).state;
}

Value MovedHttpSpec(const Value& spec) {
  // The other provider stores false also where it never sent it; the read that follows says what the service has.
  return Target("http_url_spec", {{"url", Value::String(Text(spec, "url"))},
                                  {"enable_ssl_verification", Value::Bool(true)},
                                  {"authorization_header", TextOrNull(spec, "authorization")},
                                  {"secret", TextOrNull(spec, "secret")}});
}

Value MovedJobSpec(const Value& spec) {
  return Target("job_spec", {{"job_id", Value::String(Text(spec, "job_id"))},
                             {"access_token", TextOrNull(spec, "access_token")},
                             {"workspace_url", TextOrNull(spec, "workspace_url")}});
}

Outcome MoveDatabricksWebhook(const Value& source) {
  if (!source.is_set() || source.type().kind() != Type::Kind::kObject || Text(source, "id").empty()) {
    Outcome outcome;
    outcome.diagnostics.AddError("The stored state cannot be read",
                                 "The state of this databricks_mlflow_webhook has no id. Remove the moved block and "
                                 "import the webhook by its id.");
    return outcome;
  }
  Outcome outcome = Meant(Text(source, "id"), Text(source, "model_name"));
  if (auto spec = OnlyBlock(source, "http_url_spec")) {
    outcome.state = outcome.state->With("http_url_spec", MovedHttpSpec(*spec));
  }
  if (auto spec = OnlyBlock(source, "job_spec")) outcome.state = outcome.state->With("job_spec", MovedJobSpec(*spec));
  return outcome;
}

// A workspace that an identity names.
std::string Shown(std::string_view workspace) {
  const auto shown = tfcpp::ShownAddress(workspace);
  return shown.has_value() ? Concat("the workspace ", *shown) : "another workspace";
}

}  // namespace

Outcome ImportWebhook(const tfcpp::ImportRequest& request) {
  if (!request.identity.has_value()) {
    // A model's name holds no slash: the service's own rule.
    const std::size_t slash = request.id.rfind('/');
    if (slash == std::string::npos) return Meant(request.id, "");
    return Meant(std::string_view(request.id).substr(slash + 1), std::string_view(request.id).substr(0, slash));
  }
  const Value& identity = *request.identity;
  const Value& host = identity.Get("host");
  const std::string workspace = ReadFacts(request.facts).workspace;
  const std::string_view named = host.is_set() ? tfcpp::Trim(host.AsString()) : std::string_view();
  if (!named.empty() && !tfcpp::databricks::MayBeSameWorkspace(workspace, named)) {
    Outcome outcome;
    outcome.diagnostics.AddError(
        "Identity of another workspace",
        Concat("The identity names ", Shown(named), ", but the provider is configured for ", workspace,
               ". Import it with a provider configuration (an alias) for that workspace."));
    return outcome;
  }
  const std::string id = Text(identity, "id");
  const std::string model_name = Text(identity, "model_name");
  Outcome outcome = Meant(id, model_name);
  if (outcome.state.has_value()) outcome.identity = WebhookIdentity(workspace, id, model_name);
  return outcome;
}

tfcpp::StateMover DatabricksWebhookMover() {
  return {.source_type = "databricks_mlflow_webhook",
          .source_providers = {"registry.terraform.io/databricks/databricks",
                               "registry.opentofu.org/databricks/databricks"},
          .source_version = 0,
          .move = MoveDatabricksWebhook};
}

}  // namespace mlflow
