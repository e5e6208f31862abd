terraform {
  required_version = ">= 1.6"
  required_providers {
    mlflow = {
      source  = "terraform.local/local/mlflow"
      version = "~> 0.2"
    }
  }
}

variable "webhook_secret" {
  type      = string
  sensitive = true
}

# Registry-wide: needs a workspace admin.
resource "mlflow_webhook" "registry" {
  events      = ["REGISTERED_MODEL_CREATED"]
  description = "New models"
  http_url_spec = {
    url    = "https://example.com/models"
    secret = var.webhook_secret
  }
}

# One model: needs CAN MANAGE on it.
resource "mlflow_webhook" "model" {
  model_name = "churn"
  events     = ["MODEL_VERSION_CREATED", "COMMENT_CREATED"]
  http_url_spec = {
    url = "https://example.com/churn"
  }
}

variable "slack_path" {
  type      = string
  ephemeral = true
}

# An address that is a secret itself: in no plan and no state. Needs Terraform 1.11.
resource "mlflow_webhook" "slack" {
  events = ["MODEL_VERSION_CREATED"]
  http_url_spec = {
    url_wo         = "https://hooks.slack.com/services/${var.slack_path}"
    url_wo_version = 1
  }
}

# Runs a job, with the provider's own token.
resource "mlflow_webhook" "job" {
  events = ["MODEL_VERSION_TRANSITIONED_TO_PRODUCTION"]
  job_spec = {
    job_id = "7163520"
  }
}
