// A server's webhooks that exist already, taken into the state: imported by id, by MLflow workspace and id or by
// identity. They only say which webhook is meant; the read that follows finds it. Pure; thread-safe.
#pragma once

#include <map>
#include <string>

#include "tfcpp/framework/resource.h"

namespace mlflow {

// `<id>` or `<workspace>/<id>`. An identity of another server is an error. An identity that names the provider's own
// workspace leaves it out of the state, as a configuration does.
tfcpp::Outcome ImportServerWebhook(const tfcpp::ImportRequest& request);

// `workspace` as the state of a webhook has it that is found there: null where it is the provider's.
tfcpp::Value WorkspaceToConfigure(const std::string& workspace, const std::string& of_provider);

}  // namespace mlflow
