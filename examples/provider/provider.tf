terraform {
  required_providers {
    mlflow = {
      source = "terraform.local/local/mlflow"
    }
  }
}

# Both may come from the environment instead: DATABRICKS_HOST, DATABRICKS_TOKEN.
provider "mlflow" {
  host  = "https://example.cloud.databricks.com"
  token = var.databricks_token
}

variable "databricks_token" {
  type      = string
  sensitive = true
}
