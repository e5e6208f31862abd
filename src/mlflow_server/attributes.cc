#include "mlflow_server/attributes.h"

namespace tfcpp::mlflow_server {

const std::vector<AttributeInfo>& Attributes() {
  static const std::vector<AttributeInfo> kAttributes = {
      {"tracking_uri", "MLFLOW_TRACKING_URI", &Config::tracking_uri,
       "The address of an MLflow server, such as `https://mlflow.example.com`, with the prefix if it has one. From the "
       "environment, `MLFLOW_REGISTRY_URI` counts before it when it begins with `http://` or `https://`."},
      {"tracking_username", "MLFLOW_TRACKING_USERNAME", &Config::tracking_username,
       "The user's name on the MLflow server, for HTTP Basic. Without it in block and environment: that of "
       "`~/.mlflow/credentials`."},
      {"tracking_password", "MLFLOW_TRACKING_PASSWORD", &Config::tracking_password,
       "The user's password on the MLflow server.", TextKind::kPassword},
      {"tracking_token", "MLFLOW_TRACKING_TOKEN", &Config::tracking_token,
       "A bearer token for the MLflow server. Not together with `tracking_username`."},
      {"tracking_server_cert_path", "MLFLOW_TRACKING_SERVER_CERT_PATH", &Config::tracking_server_cert_path,
       "A PEM file of the certificate authorities to trust for the MLflow server, instead of the system's. "
       "`ca_cert_file` is trusted besides."},
      {"tracking_client_cert_path", "MLFLOW_TRACKING_CLIENT_CERT_PATH", &Config::tracking_client_cert_path,
       "A PEM file with the certificate and the key that this machine shows to the MLflow server."},
      {"tracking_insecure_tls", "MLFLOW_TRACKING_INSECURE_TLS", &Config::tracking_insecure_tls,
       "Whether to accept any TLS certificate of the MLflow server. Anybody on the way can then read the credentials; "
       "prefer `tracking_server_cert_path`. `skip_verify` does not hold for the MLflow server."},
      {"tracking_workspace", "MLFLOW_WORKSPACE", &Config::tracking_workspace,
       "The MLflow workspace of resources that do not name one, on a server that has workspaces (3.10 and later)."},
      {"ca_cert_file", "", &Config::ca_cert_file},
      {"http_timeout_seconds", "", &Config::http_timeout},
      {"retry_timeout_seconds", "", &Config::retry_timeout},
      {"rate_limit", "", &Config::rate_limit},
  };
  return kAttributes;
}

}  // namespace tfcpp::mlflow_server
