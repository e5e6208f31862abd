mock_provider "mlflow" {
  source = "./tests/mocks"
}

run "defaults" {
  assert {
    condition     = output.status == "ACTIVE"
    error_message = "The webhook must be active unless told otherwise."
  }
  assert {
    condition     = mlflow_webhook.registry.http_url_spec.enable_ssl_verification
    error_message = "Certificates must be verified."
  }
  assert {
    condition     = mlflow_webhook.job.http_url_spec == null && mlflow_webhook.job.job_spec.job_id == "7163520"
    error_message = "A webhook has one target."
  }
}

run "paused" {
  variables {
    paused = true
  }

  assert {
    condition     = output.status == "DISABLED"
    error_message = "A paused webhook must be disabled."
  }
}
