// What mlflow_server_webhook adds to the generic plan: replacement where its MLflow workspace becomes another one, the
// rotation and removal of its secret, and warnings about this change.
//
// Pure and deterministic: Terraform plans twice and compares. Warnings compare plan and prior state, so a run that
// changes nothing there says nothing.
#pragma once

#include <vector>

#include "crypto/scrypt.h"
#include "tfcpp/framework/resource.h"

namespace mlflow {

std::vector<tfcpp::ConfigValidator> ServerWebhookConfigValidators();

void ModifyServerWebhookPlan(tfcpp::crypto::Scrypt& scrypt, const tfcpp::PlanRequest& request, tfcpp::Plan& plan);

}  // namespace mlflow
