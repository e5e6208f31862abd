// Validators of mlflow_webhook's own attributes, and checks across them. Errors only: warnings belong to the plan of a
// change (plan.h). Texts never repeat a value that may hold a secret; of a URL, which may, scheme and host at most.
#pragma once

#include <vector>

#include "framework/resource.h"
#include "schema/schema.h"

namespace mlflow {

tfcpp::Validator EventNames();  // of a set
tfcpp::Validator EventName();   // of a string
// https in small letters, with a host, without user information, blanks and control characters. With user information the diagnostic has
// no path, because Terraform would print the line.
tfcpp::Validator HttpsUrl(std::string attribute_name);
tfcpp::Validator JobId();
// SecretText (schema/validators.h) that is more than "Bearer ".
tfcpp::Validator AuthorizationHeader(std::string attribute_name);
tfcpp::Validator ModelName();

// Exactly one spec; a secret in one form, and a version with its secret; REGISTERED_MODEL_CREATED without model_name;
// registry_webhook in step with model_name.
std::vector<tfcpp::ConfigValidator> WebhookConfigValidators();

}  // namespace mlflow
