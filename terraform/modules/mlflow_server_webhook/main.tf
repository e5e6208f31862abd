resource "mlflow_server_webhook" "this" {
  name        = var.name
  url         = var.url
  events      = var.events
  description = var.description
  status      = var.status
  secret      = var.secret
  workspace   = var.workspace
}
