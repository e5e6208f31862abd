resource "mlflow_webhook" "this" {
  events           = var.events
  description      = var.description
  status           = var.status
  model_name       = var.model_name
  registry_webhook = var.model_name == null ? var.registry_webhook : false

  # An object variable cannot hold ephemeral members, so the write-only ones come beside it. Whether a spec is null is no
  # secret; without nonsensitive(), a sensitive member would make the whole spec sensitive, and the outputs with it.
  http_url_spec = nonsensitive(var.http_url_spec == null) ? null : {
    url                             = var.http_url_spec.url
    url_wo                          = var.url_wo
    url_wo_version                  = var.url_wo_version
    enable_ssl_verification         = var.http_url_spec.enable_ssl_verification
    authorization_header            = var.http_url_spec.authorization_header
    authorization_header_wo         = var.authorization_header_wo
    authorization_header_wo_version = var.authorization_header_wo_version
    secret                          = var.http_url_spec.secret
    secret_wo                       = var.secret_wo
    secret_wo_version               = var.secret_wo_version
  }
  job_spec = nonsensitive(var.job_spec == null) ? null : {
    job_id                  = var.job_spec.job_id
    access_token            = var.job_spec.access_token
    access_token_wo         = var.access_token_wo
    access_token_wo_version = var.access_token_wo_version
    workspace_url           = var.job_spec.workspace_url
  }
}
