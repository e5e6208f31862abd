#include "provider/server_webhook/schema.h"

#include "provider/server_webhook/adopt.h"
#include "provider/server_webhook/identity.h"
#include "provider/server_webhook/plan.h"
#include "provider/server_webhook/webhook.h"

namespace mlflow {
namespace {

tfcpp::Schema MakeSchema() {
  return {
      .version = 1,
      .attributes = tfcpp::fields::AttributesOf(tfcpp::fields::FieldsOf<ServerWebhook>()),
      .description =
          "A webhook of an MLflow server that you run yourself (`mlflow server`, MLflow 3.3 and later, with a "
          "database behind it): the server calls an endpoint when registered models, their versions, tags and aliases, "
          "or "
          "prompts change. Webhooks of Databricks are `mlflow_webhook`.",
  };
}

}  // namespace

const tfcpp::Schema& ServerWebhookSchema() {
  static const tfcpp::Schema kSchema = MakeSchema();
  return kSchema;
}

tfcpp::ResourceType ServerWebhookType(const std::shared_ptr<tfcpp::crypto::Scrypt>& scrypt) {
  return {
      .name = kServerWebhookTypeName,
      .schema = ServerWebhookSchema(),
      .config_validators = ServerWebhookConfigValidators(),
      .modify_plan = [scrypt](const tfcpp::PlanRequest& request,
                              tfcpp::Plan& plan) { ModifyServerWebhookPlan(*scrypt, request, plan); },
      .identity = ServerWebhookIdentitySchema(),
      .import_state = ImportServerWebhook,
      .movers = {},
      .unmovable = {{"mlflow_webhook",
                     "mlflow_webhook is a webhook of Databricks, and mlflow_server_webhook one of an MLflow "
                     "server: another service, in which the webhook does not exist, so nothing carries over. Remove "
                     "the moved block. Terraform then plans to delete the one and to create the other; to keep the "
                     "old one, use a removed block with destroy = false."}}};
}

}  // namespace mlflow
