# By its id, in the provider's MLflow workspace where the server has them.
terraform import mlflow_server_webhook.new_versions 0b5f8c1e-7d3a-4f0e-9a52-6c1d2e3f4a5b

# By MLflow workspace and id.
terraform import mlflow_server_webhook.new_versions team-a/0b5f8c1e-7d3a-4f0e-9a52-6c1d2e3f4a5b
