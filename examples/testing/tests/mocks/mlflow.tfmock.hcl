# What the provider gives to attributes that a configuration leaves out.
mock_resource "mlflow_webhook" {
  defaults = {
    status           = "ACTIVE"
    description      = ""
    registry_webhook = true # false with model_name: override it in that test
    created_at       = "2026-01-01T00:00:00.000Z"
    updated_at       = "2026-01-01T00:00:00.000Z"
    http_url_spec    = { enable_ssl_verification = true }
  }
}

mock_resource "mlflow_server_webhook" {
  defaults = {
    status      = "ACTIVE"
    description = ""
    created_at  = "2026-01-01T00:00:00.000Z"
    updated_at  = "2026-01-01T00:00:00.000Z"
  }
}
