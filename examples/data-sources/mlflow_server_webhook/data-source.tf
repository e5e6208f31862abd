terraform {
  required_version = ">= 1.6"
  required_providers {
    mlflow = {
      source  = "terraform.local/local/mlflow"
      version = "~> 0.2"
    }
  }
}

resource "mlflow_server_webhook" "new_versions" {
  name   = "new-versions"
  url    = "https://ci.example.com/hooks/mlflow"
  events = ["model_version.created"]
}

# The id may come from anywhere: another state, the answer of a colleague.
data "mlflow_server_webhook" "by_id" {
  id = mlflow_server_webhook.new_versions.id
}

# A name, where only one webhook has it. More than one, or none, is an error.
data "mlflow_server_webhook" "by_name" {
  name = mlflow_server_webhook.new_versions.name

  depends_on = [mlflow_server_webhook.new_versions]
}

output "id" {
  value = data.mlflow_server_webhook.by_name.id
}

output "status" {
  value = data.mlflow_server_webhook.by_id.status
}
