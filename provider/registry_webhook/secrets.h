// The secrets of mlflow_webhook. What is done with them is in provider/shared/. Pure; thread-safe.
#pragma once

#include "provider/shared/secret_rows.h"

namespace mlflow {

const SecretRows& WebhookSecrets();

}  // namespace mlflow
