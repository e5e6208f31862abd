// Webhooks that exist already, taken into the state: imported by id, by model and id or by identity, and moved from the
// official provider's databricks_mlflow_webhook. Both only say which webhook is meant; the read that follows finds it.
// Pure; thread-safe.
#pragma once

#include "tfcpp/framework/resource.h"

namespace mlflow {

// `<id>` or `<model_name>/<id>`: the second needs no workspace admin rights. An identity of another host is an error.
tfcpp::Outcome ImportWebhook(const tfcpp::ImportRequest& request);

// From schema version 0 of databricks_mlflow_webhook. Its specs are lists of at most one object; a secret that it holds
// is kept, an empty one is null.
tfcpp::StateMover DatabricksWebhookMover();

}  // namespace mlflow
