terraform {
  required_version = ">= 1.6"
  required_providers {
    mlflow = {
      source  = "terraform.local/local/mlflow"
      version = "~> 0.2"
    }
  }
}

# One block for both services. Whoever uses one of them leaves the other half out.
provider "mlflow" {
  # The Databricks workspace of mlflow_webhook; or DATABRICKS_HOST, DATABRICKS_TOKEN.
  host  = "https://example.cloud.databricks.com"
  token = var.databricks_token

  # The MLflow server of mlflow_server_webhook; or MLFLOW_TRACKING_URI, MLFLOW_TRACKING_USERNAME, MLFLOW_TRACKING_PASSWORD.
  tracking_uri      = "https://mlflow.example.com"
  tracking_username = "deploy"
  tracking_password = var.tracking_password
}

variable "databricks_token" {
  type      = string
  sensitive = true
}

variable "tracking_password" {
  type      = string
  sensitive = true
}
