terraform {
  required_version = ">= 1.14"
  required_providers {
    mlflow = {
      source  = "terraform.local/local/mlflow"
      version = "~> 0.2"
    }
  }
}

resource "mlflow_webhook" "example" {
  events = ["MODEL_VERSION_CREATED"]
  http_url_spec = {
    url = "https://example.com/webhook"
  }

  # A webhook whose target does not answer fails the run that made or changed it.
  lifecycle {
    action_trigger {
      events  = [after_create, after_update]
      actions = [action.mlflow_webhook_test.example]
    }
  }
}

# By hand: terraform apply -invoke=action.mlflow_webhook_test.example
action "mlflow_webhook_test" "example" {
  config {
    webhook_id    = mlflow_webhook.example.id
    event         = "MODEL_VERSION_CREATED"
    expect_status = 200
  }
}
