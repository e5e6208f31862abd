terraform {
  required_version = ">= 1.8"
  required_providers {
    mlflow = {
      source  = "terraform.local/local/mlflow"
      version = "~> 0.2"
    }
  }
}

# A recorded delivery: is it from the MLflow server?
output "is_genuine" {
  value = provider::mlflow::verify_mlflow_signature(
    "secret",
    "4f1c",
    "1700000000",
    "{}",
    "v1,bBtwpi8oAFgEp5X+TfAwJQY5LpVkHDceJ2TTKJgVpCo=",
  )
}
