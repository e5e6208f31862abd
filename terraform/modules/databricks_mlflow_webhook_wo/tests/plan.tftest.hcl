mock_provider "mlflow" {}

variables {
  events = ["MODEL_VERSION_CREATED"]
}

run "http_webhook" {
  command = plan

  variables {
    http_url_spec = {
      url                  = "https://example.com/webhook"
      authorization_header = "Bearer token123"
    }
    secret_wo         = "s"
    secret_wo_version = 3
  }

  assert {
    condition     = output.webhook_url == "https://example.com/webhook" && output.job_id == null
    error_message = "The outputs must describe an HTTP webhook."
  }
  assert {
    condition     = mlflow_webhook.this.http_url_spec.secret_wo_version == 3
    error_message = "The version must reach the resource."
  }
  assert {
    condition     = mlflow_webhook.this.http_url_spec.enable_ssl_verification
    error_message = "Certificates must be verified unless told otherwise."
  }
}

run "job_webhook_of_a_model" {
  command = plan

  variables {
    model_name      = "churn"
    job_spec        = { job_id = "42" }
    access_token_wo = "t"
  }

  assert {
    condition     = output.job_id == "42" && output.webhook_url == null
    error_message = "The outputs must describe a job webhook."
  }
  assert {
    condition     = !mlflow_webhook.this.registry_webhook
    error_message = "With model_name the webhook must be scoped to the model."
  }
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
    description                     = null
    status                          = null
    model_name                      = null
    registry_webhook                = null
    job_spec                        = null
    authorization_header_wo         = null
    authorization_header_wo_version = null
    secret_wo                       = null
    secret_wo_version               = null
    access_token_wo                 = null
    access_token_wo_version         = null
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
