terraform {
  required_version = ">= 1.8"
  required_providers {
    mlflow = {
      source  = "terraform.local/local/mlflow"
      version = "~> 0.2"
    }
  }
}

# What a receiver must find in the header X-Databricks-Signature, for a test of it.
output "signature" {
  value = provider::mlflow::hmac_sha256_hex("Jefe", "what do ya want for nothing?")
}
