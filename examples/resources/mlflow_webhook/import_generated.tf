# Without a configuration yet: terraform plan -generate-config-out=webhooks.tf
# writes it. Terraform 1.16 needs `provider` for that. Remove it afterwards: beside a configuration that exists it is an error.
import {
  provider = mlflow
  to       = mlflow_webhook.adopted
  id       = "8e2b0c4d6f1a4b3c9d7e5f0a1b2c3d4e"
}
