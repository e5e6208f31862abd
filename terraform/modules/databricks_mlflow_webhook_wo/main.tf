resource "mlflow_webhook" "this" {
  events           = var.events
  description      = var.description
  status           = var.status
  model_name       = var.model_name
  registry_webhook = var.model_name == null ? var.registry_webhook : false

  # An object variable cannot hold ephemeral members, so the write-only ones come beside it. The splat makes a list of one
  # object or of none: a condition on an object with a sensitive member would make all of it sensitive.
  http_url_spec = one([for spec in var.http_url_spec[*] : {
    url                             = spec.url
    enable_ssl_verification         = spec.enable_ssl_verification
    authorization_header            = spec.authorization_header
    authorization_header_wo         = var.authorization_header_wo
    authorization_header_wo_version = var.authorization_header_wo_version
    secret                          = spec.secret
    secret_wo                       = var.secret_wo
    secret_wo_version               = var.secret_wo_version
  }])
  job_spec = one([for spec in var.job_spec[*] : {
    job_id                  = spec.job_id
    access_token            = spec.access_token
    access_token_wo         = var.access_token_wo
    access_token_wo_version = var.access_token_wo_version
    workspace_url           = spec.workspace_url
  }])
}
