# terraform query
# terraform query -generate-config-out=webhooks.tf
list "mlflow_webhook" "all" {
  provider = mlflow
}

list "mlflow_webhook" "churn" {
  provider         = mlflow
  include_resource = true
  limit            = 20

  config {
    model_name = "churn"
    status     = "ACTIVE"
  }
}
