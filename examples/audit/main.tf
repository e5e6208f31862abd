# Finds webhooks, whoever made them, that do not verify their target's certificate, or call a host that is not on the
# list. Needs workspace admin rights; with model_name in the data block, the rights on that model are enough.
terraform {
  required_version = ">= 1.6"
  required_providers {
    mlflow = {
      source  = "terraform.local/local/mlflow"
      version = "~> 0.2"
    }
  }
}

variable "allowed_hosts" {
  description = "Hosts that webhooks may call, in lower case."
  type        = set(string)
  default     = ["hooks.example.com"]
}

data "mlflow_webhooks" "http" {
  target = "http"
}

locals {
  unverified = [for webhook in data.mlflow_webhooks.http.webhooks : webhook if !webhook.http_url_spec.enable_ssl_verification]
  # The host of a URL ends at a port, a path, a query or a fragment.
  strangers = [
    for webhook in data.mlflow_webhooks.http.webhooks : webhook
    if !contains(var.allowed_hosts, lower(regex("^[^:]+://([^:/?#]+)", webhook.http_url_spec.url)[0]))
  ]
}

check "certificates_are_verified" {
  assert {
    condition     = length(local.unverified) == 0
    error_message = "Webhooks that do not verify their target's certificate: ${join(", ", local.unverified[*].id)}."
  }
}

check "targets_are_known" {
  assert {
    condition = length(local.strangers) == 0
    error_message = "Webhooks that call other hosts: ${join(", ", [
      for webhook in local.strangers : "${webhook.id} (${webhook.http_url_spec.url})"
    ])}."
  }
}
