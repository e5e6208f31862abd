resource "mlflow_webhook" "this" {
  events           = var.events
  description      = var.description
  status           = var.status
  model_name       = var.model_name
  registry_webhook = var.model_name == null ? var.registry_webhook : false

  # Passed through unchanged: a condition on an object with a sensitive member would make all of it sensitive.
  http_url_spec = var.http_url_spec
  job_spec      = var.job_spec
}
