mock_provider "mlflow" {}

variables {
  events = ["MODEL_VERSION_CREATED"]
}

run "http_webhook" {
  command = plan

  variables {
    description = "Notify"
    http_url_spec = {
      url = "https://example.com/webhook"
    }
  }

  assert {
    condition     = output.webhook_url == "https://example.com/webhook"
    error_message = "webhook_url must be the endpoint."
  }
  assert {
    condition     = output.job_id == null
    error_message = "job_id must be null for an HTTP webhook."
  }
  assert {
    condition     = mlflow_webhook.this.http_url_spec.enable_ssl_verification
    error_message = "Certificates must be verified unless told otherwise."
  }
  assert {
    condition     = mlflow_webhook.this.registry_webhook
    error_message = "Without model_name the webhook must be registry-wide."
  }
}

run "job_webhook_of_a_model" {
  command = plan

  variables {
    model_name = "churn"
    job_spec   = { job_id = "42" }
  }

  assert {
    condition     = output.job_id == "42" && output.webhook_url == null
    error_message = "job_id must be the job, webhook_url null."
  }
  assert {
    condition     = !mlflow_webhook.this.registry_webhook
    error_message = "With model_name the webhook must be scoped to it."
  }
}

run "events_are_sorted" {
  command = plan

  variables {
    events        = ["REGISTERED_MODEL_CREATED", "COMMENT_CREATED", "COMMENT_CREATED"]
    http_url_spec = { url = "https://example.com/webhook" }
  }

  assert {
    condition     = output.webhook_events == tolist(["COMMENT_CREATED", "REGISTERED_MODEL_CREATED"])
    error_message = "webhook_events must be sorted, without repetition."
  }
}

run "status_is_checked" {
  command = plan

  variables {
    status        = "PAUSED"
    http_url_spec = { url = "https://example.com/webhook" }
  }

  expect_failures = [var.status]
}

run "the_name_in_the_api_is_refused" {
  command = plan

  variables {
    http_url_spec = { url = "https://example.com/webhook", authorization = "Bearer token123" }
  }

  expect_failures = [var.http_url_spec]
}

run "write_only_members_of_a_target_are_refused" {
  command = plan

  variables {
    http_url_spec = { url = "https://example.com/webhook", secret_wo = "s" }
  }

  expect_failures = [var.http_url_spec]
}

run "write_only_members_of_a_job_are_refused" {
  command = plan

  variables {
    job_spec = { job_id = "42", access_token_wo_version = 1 }
  }

  expect_failures = [var.job_spec]
}

# A caller's optional(string) gives null where it is left out.
run "null_of_every_input" {
  command = plan

  variables {
    description      = null
    status           = null
    model_name       = null
    registry_webhook = null
    job_spec         = null
    http_url_spec = {
      url                     = "https://example.com/webhook"
      enable_ssl_verification = null
      authorization_header    = null
      secret                  = null
    }
  }

  assert {
    condition     = output.webhook_status == "ACTIVE" && mlflow_webhook.this.registry_webhook
    error_message = "Null must count as the default."
  }
  assert {
    condition     = mlflow_webhook.this.http_url_spec.enable_ssl_verification
    error_message = "Certificates must be verified unless told otherwise."
  }
}

run "null_of_every_member_of_a_job" {
  command = plan

  variables {
    http_url_spec = null
    job_spec = {
      job_id        = "42"
      access_token  = null
      workspace_url = null
    }
  }

  assert {
    condition     = output.job_id == "42"
    error_message = "The outputs must describe a job webhook."
  }
}
