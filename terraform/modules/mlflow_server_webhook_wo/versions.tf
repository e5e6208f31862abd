terraform {
  required_version = ">= 1.11"

  required_providers {
    mlflow = {
      source  = "terraform.local/local/mlflow"
      version = ">= 0.1.0"
    }
  }
}
