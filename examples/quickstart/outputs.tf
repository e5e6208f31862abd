output "mlflow_webhook" {
  description = "The webhook for new models."
  value       = module.mlflow_webhook
}

output "notification_webhook" {
  description = "The webhook for stage changes."
  value       = module.notification_webhook
}
