// The secret of mlflow_server_webhook. What is done with it is in provider/shared/. Pure; thread-safe.
#pragma once

#include "provider/shared/secret_rows.h"

namespace mlflow {

const SecretRows& ServerWebhookSecrets();

}  // namespace mlflow
