terraform {
  required_version = ">= 1.7" # for the tests
  required_providers {
    mlflow = {
      source  = "terraform.local/local/mlflow"
      version = "~> 0.2"
    }
  }
}

variable "paused" {
  type    = bool
  default = false
}

resource "mlflow_webhook" "registry" {
  events = ["REGISTERED_MODEL_CREATED"]
  status = var.paused ? "DISABLED" : null
  http_url_spec = {
    url = "https://example.com/webhook"
  }
}

resource "mlflow_webhook" "job" {
  events   = ["MODEL_VERSION_CREATED"]
  job_spec = { job_id = "7163520" }
}

output "status" {
  value = mlflow_webhook.registry.status
}
