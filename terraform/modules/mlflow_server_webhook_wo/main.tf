resource "mlflow_server_webhook" "this" {
  name              = var.name
  url               = var.url
  url_wo            = var.url_wo
  url_wo_version    = var.url_wo_version
  events            = var.events
  description       = var.description
  status            = var.status
  secret            = var.secret
  secret_wo         = var.secret_wo
  secret_wo_version = var.secret_wo_version
  workspace         = var.workspace
}
