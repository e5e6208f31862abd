output "webhook_id" {
  description = "The webhook's identifier."
  value       = mlflow_server_webhook.this.id
}

output "webhook_status" {
  description = "ACTIVE or DISABLED."
  value       = mlflow_server_webhook.this.status
}

output "webhook_events" {
  description = "The events that trigger the webhook, sorted."
  value       = sort(mlflow_server_webhook.this.events)
}

output "webhook_url" {
  description = "The endpoint that is called; null with url_wo."
  value       = mlflow_server_webhook.this.url
}

output "created_at" {
  description = "When the webhook was created: RFC 3339, UTC."
  value       = mlflow_server_webhook.this.created_at
}

output "updated_at" {
  description = "When the webhook was last changed: RFC 3339, UTC."
  value       = mlflow_server_webhook.this.updated_at
}
