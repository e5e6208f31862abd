// Validators of mlflow_server_webhook's own attributes. Errors only: warnings belong to the plan of a change (plan.h).
// Of a URL, which may hold a token, a text shows scheme and host at most. Pure; thread-safe.
#pragma once

#include <string>
#include <string_view>

#include "tfcpp/schema/schema.h"

namespace mlflow {

tfcpp::Validator ServerWebhookName();
// Of a write-only one nothing is shown.
tfcpp::Validator ServerWebhookUrl(std::string attribute_name, bool write_only = false);
tfcpp::Validator ServerEventNamesOfSet();  // of a set
tfcpp::Validator ServerEventName();        // of a string
tfcpp::Validator MlflowWorkspace();

// Of the text in characters, by its UTF-8.
std::size_t CountCharacters(std::string_view text);

}  // namespace mlflow
