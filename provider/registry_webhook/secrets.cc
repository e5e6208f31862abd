#include "provider/registry_webhook/secrets.h"

namespace mlflow {

const SecretRows& WebhookSecrets() {
  using tfcpp::Path;
  static const SecretRows kRows = {
      {.plain = Path("http_url_spec").Attribute("authorization_header")},
      {.plain = Path("http_url_spec").Attribute("secret")},
      {.plain = Path("job_spec").Attribute("access_token"), .lent = true},
      {.plain = Path("http_url_spec").Attribute("url"), .is_address = true},
  };
  return kRows;
}

}  // namespace mlflow
