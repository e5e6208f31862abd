#include "provider/server_webhook/data_sources.h"

#include <vector>

#include "provider/diagnose.h"
#include "provider/server_webhook/filter.h"
#include "provider/server_webhook/place.h"
#include "provider/server_webhook/schema.h"
#include "provider/server_webhook/validators.h"
#include "provider/shared/selection.h"
#include "tfcpp/base/strings.h"
#include "tfcpp/schema/validators.h"

namespace mlflow {
namespace {

using tfcpp::Attribute;
using tfcpp::Concat;
using tfcpp::Context;
using tfcpp::DataOutcome;
using tfcpp::Diagnostics;
using tfcpp::Mode;
using tfcpp::Path;
using tfcpp::Value;

std::vector<Attribute> LookUpAttributes() {
  std::vector<Attribute> attributes = tfcpp::fields::DataAttributesOf(tfcpp::fields::FieldsOf<ServerWebhook>());
  for (Attribute& attribute : attributes) {
    if (attribute.name == "id") {
      attribute.mode = Mode::kOptionalComputed;
      attribute.validators = {tfcpp::SizeAtLeast(1)};
      attribute.description = "The identifier of the webhook to look up.";
    } else if (attribute.name == "name") {
      attribute.mode = Mode::kOptionalComputed;
      attribute.validators = {ServerWebhookName()};
      attribute.description = "The name of the webhook to look up. That several have it is an error.";
    }
  }
  attributes.push_back({.name = "workspace",
                        .type = tfcpp::Type::String(),
                        .validators = {MlflowWorkspace()},
                        .description = "The MLflow workspace to look into. When absent, the provider's "
                                       "`tracking_workspace`, and without that the server's default one."});
  return attributes;
}

void CheckIdOrName(const Value& config, Diagnostics& diagnostics) {
  const Value& id = config.Get("id");
  const Value& name = config.Get("name");
  if (id.is_null() && name.is_null()) {
    diagnostics.AddError("Nothing to look the webhook up by",
                         "Set id, or name where only one webhook has it. Neither is set.");
  } else if (!id.may_be_null() && !name.may_be_null()) {
    diagnostics.AddError("Two ways to look the webhook up",
                         "id and name are both set. An id says by itself which webhook is meant: remove name.",
                         Path("name"));
  }
}

// Those that have that name, or of which it cannot be read, as texts for people.
std::vector<std::string> UnclearNames(const ServerListing& listing, const std::string& name) {
  std::vector<std::string> unclear;
  const auto add = [&](const std::string& id, const ServerWebhookMisfit& misfit) {
    if (misfit.readable.name == name || misfit.unread.contains("name")) {
      unclear.push_back(Concat(id, " (", misfit.what, ")"));
    }
  };
  for (const auto& [id, misfit] : listing.misfits) add(id, misfit);
  for (const ServerWebhookMisfit& misfit : listing.nameless) add("a webhook without an id", misfit);
  return unclear;
}

}  // namespace

tfcpp::DataSourceType ServerWebhookDataType() {
  return {.name = kServerWebhookTypeName,
          .schema = {.attributes = LookUpAttributes(),
                     .description = "Looks up one webhook of an MLflow server by its id, or by a name that only one "
                                    "webhook has. That there is none is an error."},
          .config_validators = {{"exactly one of `id` and `name` is set", CheckIdOrName}}};
}

tfcpp::DataSourceType ServerWebhooksDataType() {
  std::vector<Attribute> attributes = ServerFilterAttributes();
  attributes.push_back(WebhooksAttribute<ServerWebhook>());
  return {.name = kServerWebhooksTypeName,
          .schema = {.attributes = std::move(attributes),
                     .description =
                         "Lists the webhooks of an MLflow server that fit all filters, whoever made them: for audits, "
                         "for instance. The list is complete, or there is an error; only what the server returns in "
                         "another form than documented is left out, and a warning names it."}};
}

std::optional<ServerWebhook> ServerWebhookData::FindById(const Context& context, const std::string& id,
                                                         const ServerFacts& where, Diagnostics& diagnostics) {
  auto found = service_->Find(context, {.id = id, .workspace = where.workspace});
  if (!found.has_value()) {
    diagnostics.Add(ToDiagnostic(found.error(), "Cannot look up the webhook"));
    return std::nullopt;
  }
  if (!found->has_value()) {
    diagnostics.AddError("Webhook does not exist", Concat(InWords(where), " has no webhook with the id \"", id, "\"."),
                         Path("id"));
  }
  return *std::move(found);
}

std::optional<ServerWebhook> ServerWebhookData::FindByName(const Context& context, const std::string& name,
                                                           const ServerFacts& where, Diagnostics& diagnostics) {
  const auto listing = service_->List(context, where.workspace);
  if (!listing.has_value()) {
    diagnostics.Add(ToDiagnostic(listing.error(), "Cannot look up the webhook"));
    return std::nullopt;
  }
  std::vector<std::string> ids;
  for (const auto& [id, webhook] : listing->webhooks) {
    if (webhook.name == name) ids.push_back(id);
  }
  if (const auto unclear = UnclearNames(*listing, name); !unclear.empty()) {
    diagnostics.AddError(
        "Cannot look up the webhook",
        Concat(InWords(where), " lists webhooks in another form than documented, so it is not known how ",
               "many have the name \"", name, "\": ", tfcpp::Join(unclear, ", "), ". Use id."),
        Path("name"));
  } else if (ids.empty()) {
    diagnostics.AddError("Webhook does not exist",
                         Concat(InWords(where), " has no webhook with the name \"", name, "\"."), Path("name"));
  } else if (ids.size() > 1) {
    diagnostics.AddError("Several webhooks of this name",
                         Concat(InWords(where), " has ", std::to_string(ids.size()), " webhooks with the name \"", name,
                                "\": ", tfcpp::Truncate(tfcpp::Join(ids, ", "), 1000), ". Use id."),
                         Path("name"));
  } else {
    return listing->webhooks.at(ids.front());
  }
  return std::nullopt;
}

DataOutcome ServerWebhookData::Read(const Context& context, const Value& config) {
  const ServerFacts where{.address = provider_.address, .workspace = WorkspaceOf(config, provider_)};
  DataOutcome outcome;
  const Value& id = config.Get("id");
  const auto found = id.is_null() ? FindByName(context, config.Get("name").AsString(), where, outcome.diagnostics)
                                  : FindById(context, id.AsString(), where, outcome.diagnostics);
  if (found.has_value()) outcome.state = tfcpp::fields::ToData(*found).With("workspace", config.Get("workspace"));
  return outcome;
}

DataOutcome ServerWebhooksData::Read(const Context& context, const Value& config) {
  DataOutcome outcome;
  const auto listing = service_->List(context, WorkspaceOf(config, provider_));
  if (!listing.has_value()) {
    outcome.diagnostics.Add(ToDiagnostic(listing.error(), "Cannot list the webhooks"));
    return outcome;
  }
  const auto fits = [filter = ReadServerFilter(config)](const ServerWebhook& webhook) { return Fits(filter, webhook); };
  outcome.state = config.With("webhooks", WebhooksValue(Select(*listing, fits, outcome.diagnostics)));
  return outcome;
}

}  // namespace mlflow
