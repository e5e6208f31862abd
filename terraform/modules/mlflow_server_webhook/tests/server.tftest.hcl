# Against the server that MLFLOW_TRACKING_URI names: use one of your own.

variables {
  name   = "module-test"
  url    = "https://example.com/webhook"
  secret = "a-key-of-a-test"
}

run "create" {
  assert {
    condition     = output.webhook_id != "" && output.webhook_status == "ACTIVE"
    error_message = "The webhook must exist and be active."
  }
  assert {
    condition     = can(formatdate("YYYY", output.created_at)) && output.created_at == output.updated_at
    error_message = "The times must be RFC 3339, and equal right after the create."
  }
}

run "disable" {
  variables {
    status = "DISABLED"
  }

  assert {
    condition     = output.webhook_status == "DISABLED" && output.webhook_id == run.create.webhook_id
    error_message = "The webhook must be disabled in place."
  }
}
