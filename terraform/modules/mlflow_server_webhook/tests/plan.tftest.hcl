mock_provider "mlflow" {}

variables {
  name = "new-versions"
  url  = "https://example.com/webhook"
}

run "defaults" {
  command = plan

  assert {
    condition     = output.webhook_events == tolist(["model_version.created"])
    error_message = "Without events, new versions must trigger the webhook."
  }
  assert {
    condition     = output.webhook_status == "ACTIVE" && output.webhook_url == "https://example.com/webhook"
    error_message = "The webhook must be active and call the endpoint."
  }
  assert {
    condition     = mlflow_server_webhook.this.secret == null && mlflow_server_webhook.this.workspace == null
    error_message = "Without secret and workspace the resource must have none."
  }
}

run "every_input_reaches_the_resource" {
  command = plan

  variables {
    name        = "old-versions"
    url         = "https://example.com/other"
    events      = ["registered_model.created", "model_version_tag.set", "model_version_tag.set"]
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
      mlflow_server_webhook.this.workspace == "team-a"
    )
    error_message = "Each input must be the attribute of its name."
  }
  assert {
    condition     = output.webhook_events == tolist(["model_version_tag.set", "registered_model.created"])
    error_message = "webhook_events must be sorted, without repetition."
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
    events      = null
    description = null
    status      = null
    secret      = null
    workspace   = null
  }

  assert {
    condition     = output.webhook_status == "ACTIVE" && output.webhook_events == tolist(["model_version.created"])
    error_message = "Null must count as the default."
  }
}
