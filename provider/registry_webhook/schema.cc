#include "provider/registry_webhook/schema.h"

#include "provider/registry_webhook/adopt.h"
#include "provider/registry_webhook/identity.h"
#include "provider/registry_webhook/plan.h"
#include "provider/registry_webhook/validators.h"
#include "provider/registry_webhook/webhook.h"

namespace mlflow {
namespace {

tfcpp::Schema MakeSchema() {
  return {
      .version = 0,
      .attributes = tfcpp::fields::AttributesOf(tfcpp::fields::FieldsOf<RegistryWebhook>()),
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
  return {
      .name = kWebhookTypeName,
      .schema = WebhookSchema(),
      .config_validators = WebhookConfigValidators(),
      .modify_plan = [scrypt](const tfcpp::PlanRequest& request,
                              tfcpp::Plan& plan) { ModifyWebhookPlan(*scrypt, request, plan); },
      .identity = WebhookIdentitySchema(),
      .import_state = ImportWebhook,
      .movers = {DatabricksWebhookMover()},
      .unmovable = {{"mlflow_server_webhook",
                     "mlflow_server_webhook is a webhook of an MLflow server, and mlflow_webhook one of Databricks: "
                     "another service, in which the webhook does not exist, so nothing carries over. Remove the "
                     "moved block. Terraform then plans to delete the one and to create the other; to keep the "
                     "old one, use a removed block with destroy = false."}}};
}

}  // namespace mlflow
