terraform {
  required_version = ">= 1.6"
  required_providers {
    mlflow = {
      source  = "terraform.local/local/mlflow"
      version = "~> 0.2"
    }
  }
}

variable "hook_secret" {
  type      = string
  sensitive = true
}

# Each delivery is signed with the secret: provider::mlflow::verify_mlflow_signature tells whether one is genuine.
resource "mlflow_server_webhook" "new_versions" {
  name        = "new-versions"
  url         = "https://ci.example.com/hooks/mlflow"
  events      = ["model_version.created", "model_version_alias.created"]
  description = "Build what a new version needs"
  secret      = var.hook_secret
}

# Made, but silent until it is wanted.
resource "mlflow_server_webhook" "prompts" {
  name   = "prompts"
  url    = "https://ci.example.com/hooks/prompts"
  events = ["prompt.created", "prompt_version.created"]
  status = "DISABLED"
}
