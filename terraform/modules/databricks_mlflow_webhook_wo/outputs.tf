output "webhook_id" {
  description = "The webhook's identifier."
  value       = mlflow_webhook.this.id
}

output "webhook_status" {
  description = "ACTIVE or DISABLED."
  value       = mlflow_webhook.this.status
}

output "webhook_events" {
  description = "The events that trigger the webhook, sorted."
  value       = sort(mlflow_webhook.this.events)
}

# The splat makes a list of one target or of none, so that the other kind's outputs are null. It reads the resource,
# where only the secrets are sensitive; the variable is sensitive as a whole when one of its members is.
output "webhook_url" {
  description = "The endpoint that is called; null for a job webhook, and with url_wo."
  value       = one(mlflow_webhook.this.http_url_spec[*].url)
}

output "job_id" {
  description = "The job that is run; null for an HTTP webhook."
  value       = one(mlflow_webhook.this.job_spec[*].job_id)
}

output "created_at" {
  description = "When the webhook was created: RFC 3339, UTC."
  value       = mlflow_webhook.this.created_at
}

output "updated_at" {
  description = "When the webhook was last changed: RFC 3339, UTC."
  value       = mlflow_webhook.this.updated_at
}
