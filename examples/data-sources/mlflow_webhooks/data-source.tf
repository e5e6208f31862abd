terraform {
  required_version = ">= 1.6"
  required_providers {
    mlflow = {
      source  = "terraform.local/local/mlflow"
      version = "~> 0.2"
    }
  }
}

# All of the workspace: needs a workspace admin.
data "mlflow_webhooks" "all" {}

# What is told when a model goes to production, and is switched on.
data "mlflow_webhooks" "production" {
  events = ["MODEL_VERSION_TRANSITIONED_STAGE", "MODEL_VERSION_TRANSITIONED_TO_PRODUCTION"]
  status = "ACTIVE"
  target = "http"
}

output "number" {
  value = length(data.mlflow_webhooks.all.webhooks)
}

output "urls" {
  value = { for webhook in data.mlflow_webhooks.production.webhooks : webhook.id => webhook.http_url_spec.url }
}
