# The same in the configuration. After it a plan shows an update of what only the configuration knows: the secret.
import {
  to = mlflow_server_webhook.new_versions
  id = "0b5f8c1e-7d3a-4f0e-9a52-6c1d2e3f4a5b"
}
