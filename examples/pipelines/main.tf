terraform {
  required_version = ">= 1.6"
  required_providers {
    mlflow = {
      source  = "terraform.local/local/mlflow"
      version = "~> 0.2"
    }
  }
  # The jobs of a pipeline share nothing but this: add a remote backend here.
}

variable "notification_token" {
  type      = string
  sensitive = true
  default   = null
}

resource "mlflow_webhook" "new_models" {
  events      = ["MODEL_VERSION_CREATED", "REGISTERED_MODEL_CREATED"]
  description = "Notify when new models are registered"
  http_url_spec = {
    url                  = "https://example.com/webhook"
    authorization_header = var.notification_token == null ? null : "Bearer ${var.notification_token}"
  }
}
