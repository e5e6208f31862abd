terraform {
  required_version = ">= 1.6"
  required_providers {
    mlflow = {
      source  = "terraform.local/local/mlflow"
      version = "~> 0.2"
    }
  }
}

resource "mlflow_webhook" "churn" {
  model_name = "churn"
  events     = ["MODEL_VERSION_CREATED"]
  http_url_spec = {
    url = "https://example.com/churn"
  }
}

# The id may come from anywhere: another state, the answer of a colleague. With model_name, the rights on that model are
# enough; without it, a workspace admin is needed.
data "mlflow_webhook" "churn" {
  id         = mlflow_webhook.churn.id
  model_name = "churn"
}

output "status" {
  value = data.mlflow_webhook.churn.status
}
