mock_provider "mlflow" {}

variables {
  name = "new-versions"
  url  = "https://example.com/webhook"
}

run "write_only_secret" {
  command = plan

  variables {
    secret_wo         = "s"
    secret_wo_version = 3
  }

  assert {
    condition     = mlflow_server_webhook.this.secret_wo_version == 3
    error_message = "The version must reach the resource."
  }
  assert {
    condition     = mlflow_server_webhook.this.secret == null
    error_message = "The write-only secret must not become the plain one."
  }
  assert {
    condition     = output.webhook_events == tolist(["model_version.created"])
    error_message = "Without events, new versions must trigger the webhook."
  }
}

run "write_only_address" {
  command = plan

  variables {
    url            = null
    url_wo         = "https://hooks.example.com/services/T0/B0"
    url_wo_version = 2
  }

  assert {
    condition     = mlflow_server_webhook.this.url_wo_version == 2 && mlflow_server_webhook.this.url == null
    error_message = "The address must reach the resource in its write-only form alone."
  }
  assert {
    condition     = output.webhook_url == null
    error_message = "The output must not show the address."
  }
}

run "every_other_input_reaches_the_resource" {
  command = plan

  variables {
    name        = "old-versions"
    url         = "https://example.com/other"
    events      = ["registered_model.created"]
    description = "Notify"
    status      = "DISABLED"
    secret      = "s"
    workspace   = "team-a"
  }

  assert {
    condition = (
      mlflow_server_webhook.this.name == "old-versions" &&
      mlflow_server_webhook.this.url == "https://example.com/other" &&
      mlflow_server_webhook.this.description == "Notify" &&
      mlflow_server_webhook.this.status == "DISABLED" &&
      mlflow_server_webhook.this.secret == "s" &&
      mlflow_server_webhook.this.workspace == "team-a" &&
      output.webhook_events == tolist(["registered_model.created"])
    )
    error_message = "Each input must be the attribute of its name."
  }
}

run "status_is_checked" {
  command = plan

  variables {
    status = "disabled"
  }

  expect_failures = [var.status]
}

# A caller's optional(string) gives null where it is left out.
run "null_of_every_input" {
  command = plan

  variables {
    events            = null
    description       = null
    status            = null
    secret            = null
    secret_wo         = null
    secret_wo_version = null
    workspace         = null
  }

  assert {
    condition     = output.webhook_status == "ACTIVE" && output.webhook_events == tolist(["model_version.created"])
    error_message = "Null must count as the default."
  }
}
