# Without a configuration yet: terraform plan -generate-config-out=webhooks.tf
# writes it. Terraform 1.16 needs `provider` for that. Remove it afterwards: beside a configuration that exists it is an error.
import {
  provider = mlflow
  to       = mlflow_server_webhook.adopted
  id       = "3e9d7a64-1b2c-4d5e-8f60-718293a4b5c6"
}
