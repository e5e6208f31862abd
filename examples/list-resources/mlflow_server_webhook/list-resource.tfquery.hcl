# terraform query
# terraform query -generate-config-out=webhooks.tf
#
# Lists that overlap give two resources for one webhook: keep them apart by their filters.
list "mlflow_server_webhook" "active" {
  provider = mlflow

  config {
    status = "ACTIVE"
  }
}

list "mlflow_server_webhook" "disabled" {
  provider         = mlflow
  include_resource = true
  limit            = 20

  config {
    status = "DISABLED"
  }
}
