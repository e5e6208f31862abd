#include "provider/server_webhook/adopt.h"

#include <string_view>
#include <utility>

#include "mlflow_server/address.h"
#include "provider/server_webhook/facts.h"
#include "provider/server_webhook/identity.h"
#include "provider/server_webhook/schema.h"
#include "provider/shared/adoption.h"
#include "provider/shared/shown_url.h"
#include "tfcpp/base/strings.h"

namespace mlflow {
namespace {

using tfcpp::Concat;
using tfcpp::Outcome;
using tfcpp::Type;
using tfcpp::Value;

Outcome Refused(std::string summary, std::string detail) {
  Outcome outcome;
  outcome.diagnostics.AddError(std::move(summary), std::move(detail));
  return outcome;
}

// A state that says which webhook is meant; everything else is null until it is read.
Outcome Meant(std::string_view id, Value workspace) {
  if (tfcpp::Trim(id).empty()) {
    return Refused("Import needs an id",
                   "Give the webhook's id, or <workspace>/<id> for a webhook of another MLflow workspace than the "
                   "provider's, such as `terraform import mlflow_server_webhook.example "
                   "team-a/0b5f8c1e-7d3a-4f0e-9a52-6c1d2e3f4a5b`.");
  }
  if (workspace.is_set()) {
    const std::string& name = workspace.AsString();
    if (const std::string_view fault = tfcpp::mlflow_server::FindWorkspaceNameFault(name); !fault.empty()) {
      return Refused("Unusable workspace",
                     Concat("The import names the workspace ", tfcpp::QuotedValue(name), ". A workspace's name ", fault,
                            ". An import is <id> or <workspace>/<id>."));
    }
  }
  return Adopted(ServerWebhookSchema().ImpliedType(),
                 {{"id", Value::String(std::string(id))}, {"workspace", std::move(workspace)}});
}

Value TextOrNull(std::string_view text) {
  return text.empty() ? Value::Null(Type::String()) : Value::String(std::string(text));
}

std::string_view TextOf(const Value& identity, std::string_view name) {
  const Value& value = identity.Get(name);
  return value.is_set() ? std::string_view(value.AsString()) : std::string_view();
}

Outcome ImportByIdentity(const Value& identity, const ServerFacts& provider) {
  const std::string_view written = tfcpp::Trim(TextOf(identity, "tracking_uri"));
  const auto address = tfcpp::mlflow_server::NormaliseAddress(written);
  if (!written.empty() && (!address.has_value() || *address != provider.address)) {
    const std::string shown = ShownOf(written);
    return Refused(
        "Identity of another server",
        Concat("The identity names ", shown.empty() ? "another server" : shown, ", but the provider is configured for ",
               provider.address, ". Import it with a provider configuration (an alias) for that server."));
  }
  const std::string_view workspace = TextOf(identity, "workspace");
  const std::string_view id = TextOf(identity, "id");
  Outcome outcome = Meant(id, WorkspaceToConfigure(std::string(workspace), provider.workspace));
  if (!outcome.state.has_value()) return outcome;
  outcome.identity = ServerWebhookIdentity(
      provider.address, workspace.empty() ? provider.workspace : std::string(workspace), std::string(id));
  return outcome;
}

}  // namespace

Value WorkspaceToConfigure(const std::string& workspace, const std::string& of_provider) {
  return TextOrNull(workspace == of_provider ? std::string() : workspace);
}

Outcome ImportServerWebhook(const tfcpp::ImportRequest& request) {
  const ServerFacts provider = ReadServerFacts(request.facts);
  if (request.identity.has_value()) return ImportByIdentity(*request.identity, provider);
  const std::string_view id = request.id;
  const std::size_t slash = id.rfind('/');
  if (slash == id.npos) return Meant(id, Value::Null(Type::String()));
  return Meant(id.substr(slash + 1), Value::String(std::string(id.substr(0, slash))));
}

}  // namespace mlflow
