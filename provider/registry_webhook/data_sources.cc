#include "provider/registry_webhook/data_sources.h"

#include <vector>

#include "provider/diagnose.h"
#include "provider/registry_webhook/filter.h"
#include "provider/registry_webhook/schema.h"
#include "provider/registry_webhook/validators.h"
#include "provider/registry_webhook/webhook.h"
#include "provider/shared/selection.h"
#include "tfcpp/base/strings.h"
#include "tfcpp/schema/validators.h"

namespace mlflow {

using tfcpp::Attribute;
using tfcpp::Concat;
using tfcpp::DataOutcome;
using tfcpp::Mode;
using tfcpp::Value;
using tfcpp::fields::ToData;

tfcpp::DataSourceType WebhookDataType() {
  std::vector<Attribute> attributes = tfcpp::fields::DataAttributesOf(tfcpp::fields::FieldsOf<RegistryWebhook>());
  for (Attribute& attribute : attributes) {
    if (attribute.name == "id") {
      attribute.mode = Mode::kRequired;
      attribute.validators = {tfcpp::SizeAtLeast(1)};
      attribute.description = "The identifier of the webhook to look up.";
    } else if (attribute.name == "model_name") {
      attribute.mode = Mode::kOptionalComputed;
      attribute.validators = {ModelName()};
      attribute.description =
          "The registered model that is watched; null: the whole registry. When set, only the webhooks of that model "
          "are searched; otherwise all of the workspace, which needs workspace admin rights.";
    }
  }
  return {.name = kWebhookTypeName,
          .schema = {.attributes = std::move(attributes),
                     .description = "Looks up one webhook of the Databricks Workspace Model Registry by its id. That "
                                    "there is none is an error."}};
}

tfcpp::DataSourceType WebhooksDataType() {
  std::vector<Attribute> attributes = FilterAttributes();
  attributes.push_back(WebhooksAttribute<RegistryWebhook>());
  return {
      .name = kWebhooksTypeName,
      .schema = {.attributes = std::move(attributes),
                 .description =
                     "Lists the webhooks of the Databricks Workspace Model Registry that fit all filters, whoever "
                     "made them: for audits, for instance. The list is complete, or there is an error; only what the "
                     "service returns in another form than documented is left out, and a warning names it."},
      .config_validators = FilterValidators()};
}

DataOutcome WebhookData::Read(const tfcpp::Context& context, const Value& config) {
  const Value& model_name = config.Get("model_name");
  const WebhookKey key{.id = config.Get("id").AsString(),
                       .model_name = model_name.is_null() ? "" : model_name.AsString()};
  DataOutcome outcome;
  const auto found = service_->FindListed(context, key);
  if (!found.has_value()) {
    outcome.diagnostics.Add(
        ToDiagnostic(found.error(), "Cannot look up the webhook", ListingAdvice(found.error(), key.model_name)));
  } else if (!found->has_value() || (!key.model_name.empty() && (*found)->model_name != key.model_name)) {
    outcome.diagnostics.AddError(
        "Webhook does not exist",
        key.model_name.empty()
            ? Concat("The workspace ", workspace_, " has no webhook with the id \"", key.id, "\".")
            : Concat("The workspace ", workspace_, " has no webhook with the id \"", key.id, "\" for the model \"",
                     key.model_name, "\". A webhook of another model, or of the whole registry, is not looked for."),
        tfcpp::Path("id"));
  } else {
    outcome.state = ToData(**found);
  }
  return outcome;
}

DataOutcome WebhooksData::Read(const tfcpp::Context& context, const Value& config) {
  const WebhookFilter filter = ReadFilter(config);
  DataOutcome outcome;
  const auto listed = service_->List(context, filter.model_name);
  if (!listed.has_value()) {
    outcome.diagnostics.Add(
        ToDiagnostic(listed.error(), "Cannot list the webhooks", ListingAdvice(listed.error(), filter.model_name)));
    return outcome;
  }
  const auto fits = [&](const RegistryWebhook& webhook) { return Fits(filter, webhook); };
  outcome.state = config.With("webhooks", WebhooksValue(Select(**listed, fits, outcome.diagnostics)));
  return outcome;
}

}  // namespace mlflow
