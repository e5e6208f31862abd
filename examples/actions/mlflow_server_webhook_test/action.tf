terraform {
  required_version = ">= 1.14"
  required_providers {
    mlflow = {
      source  = "terraform.local/local/mlflow"
      version = "~> 0.2"
    }
  }
}

resource "mlflow_server_webhook" "example" {
  name   = "example"
  url    = "https://example.com/webhook"
  events = ["model_version.created"]

  # A webhook whose target does not answer fails the run that made or changed it.
  lifecycle {
    action_trigger {
      events  = [after_create, after_update]
      actions = [action.mlflow_server_webhook_test.example]
    }
  }
}

# By hand: terraform apply -invoke=action.mlflow_server_webhook_test.example
action "mlflow_server_webhook_test" "example" {
  config {
    webhook_id    = mlflow_server_webhook.example.id
    event         = "model_version.created"
    expect_status = 200
  }
}
