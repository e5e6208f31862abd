#include "provider/server_webhook/secrets.h"

namespace mlflow {

// Servers before MLflow 3.16 ignore a secret that is to be removed, without a sign. So a webhook without it is made.
const SecretRows& ServerWebhookSecrets() {
  static const SecretRows kRows = {{.plain = tfcpp::Path("secret"), .removal = Removal::kReplacement},
                                   {.plain = tfcpp::Path("url"), .is_address = true}};
  return kRows;
}

}  // namespace mlflow
