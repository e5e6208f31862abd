terraform {
  required_version = ">= 1.6"
}

module "mlflow_webhook" {
  source      = "../../terraform/modules/databricks_mlflow_webhook"
  events      = ["MODEL_VERSION_CREATED", "REGISTERED_MODEL_CREATED"]
  description = "Notify when new models are registered"
  http_url_spec = {
    url                  = "https://example.com/webhook"
    authorization_header = "Bearer token123"
  }
}

module "notification_webhook" {
  source      = "../../terraform/modules/databricks_mlflow_webhook"
  events      = ["MODEL_VERSION_TRANSITIONED_STAGE"]
  description = "Send notification when model stage changes"
  http_url_spec = {
    url                     = "https://api.notification-service.com/mlflow"
    enable_ssl_verification = true
    authorization_header    = "Bearer ${var.api_token}"
  }
}
