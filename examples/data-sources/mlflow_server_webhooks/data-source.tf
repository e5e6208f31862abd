terraform {
  required_version = ">= 1.6"
  required_providers {
    mlflow = {
      source  = "terraform.local/local/mlflow"
      version = "~> 0.2"
    }
  }
}

data "mlflow_server_webhooks" "all" {}

# What tells of new versions and aliases, and is switched on.
data "mlflow_server_webhooks" "versions" {
  events = ["model_version.created", "model_version_alias.created"]
  status = "ACTIVE"
}

output "number" {
  value = length(data.mlflow_server_webhooks.all.webhooks)
}

output "names" {
  value = { for webhook in data.mlflow_server_webhooks.versions.webhooks : webhook.id => webhook.name }
}
