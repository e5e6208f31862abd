terraform {
  required_version = ">= 1.8"
  required_providers {
    mlflow = {
      source  = "terraform.local/local/mlflow"
      version = "~> 0.2"
    }
  }
}

variable "secret" {
  type      = string
  sensitive = true
  default   = "Jefe"
}

# A recorded delivery: is it from Databricks? The secret is sensitive, and so would be the answer.
output "is_genuine" {
  value = nonsensitive(provider::mlflow::verify_hmac_sha256_hex(
    var.secret,
    "what do ya want for nothing?",
    "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
  ))
}
