// What mlflow_webhook adds to the generic plan: the derived registry_webhook, replacement when the kind of target
// changes, the rotation of write-only secrets, the lending of the provider's own token to a job webhook, and warnings
// about this change.
//
// Pure and deterministic: Terraform plans twice and compares. Warnings compare plan and prior state, so a run that
// changes nothing there says nothing.
#pragma once

#include "crypto/scrypt.h"
#include "tfcpp/framework/resource.h"
#include "tfcpp/schema/schema.h"

namespace mlflow {

tfcpp::PlanModifier DeriveRegistryWebhook();

void ModifyWebhookPlan(tfcpp::crypto::Scrypt& scrypt, const tfcpp::PlanRequest& request, tfcpp::Plan& plan);

}  // namespace mlflow
