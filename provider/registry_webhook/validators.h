// Validators of mlflow_webhook's own attributes, and checks across them. Errors only: warnings belong to the plan of a
// change (plan.h). Texts never repeat a value that may hold a secret; of a URL, which may, scheme and host at most.
// Pure; thread-safe.
#pragma once

#include <string>
#include <vector>

#include "tfcpp/framework/resource.h"
#include "tfcpp/schema/schema.h"

namespace mlflow {

tfcpp::Validator EventNames();  // of a set
tfcpp::Validator EventName();   // of a string
// https in small letters, with a host, without user information, blanks and control characters. With user information
// the diagnostic has no path, because Terraform would print the line. Of a write-only one nothing is shown at all.
tfcpp::Validator HttpsUrl(std::string attribute_name, bool write_only = false);
tfcpp::Validator JobId();
// Of a member that is there only to be refused: every value is an error that names the member that is meant. Without a
// path, because the value is that member's, and may be a secret.
tfcpp::Validator CalledOtherwise(std::string spec, std::string name, std::string here);
// SecretText (tfcpp/schema/validators.h) that is more than "Bearer ".
tfcpp::Validator AuthorizationHeader(std::string attribute_name);
tfcpp::Validator ModelName();

// Exactly one spec; a secret in one form, and no version beside the plain one; REGISTERED_MODEL_CREATED without
// model_name; registry_webhook in step with model_name.
std::vector<tfcpp::ConfigValidator> WebhookConfigValidators();
// Those of a configuration as Terraform shows it to a plan, where ignore_changes may hide write-only values.
std::vector<tfcpp::ConfigValidator> ShownConfigValidators();

}  // namespace mlflow
