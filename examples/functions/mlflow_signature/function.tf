terraform {
  required_version = ">= 1.8"
  required_providers {
    mlflow = {
      source  = "terraform.local/local/mlflow"
      version = "~> 0.2"
    }
  }
}

# What a receiver must find in the header X-MLflow-Signature, for a test of it.
output "signature" {
  value = provider::mlflow::mlflow_signature("secret", "4f1c", "1700000000", "{}")
}
