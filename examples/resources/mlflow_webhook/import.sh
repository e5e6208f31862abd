# A registry-wide webhook, by its id: needs a workspace admin.
terraform import mlflow_webhook.registry 1d4c3f5a9b7e4c0f8a2b6d1e0f3c5a79

# The webhook of a model, by model and id: needs CAN MANAGE on the model.
terraform import mlflow_webhook.model churn/5f0c7c1c0d1e4a9b8c2d3e4f5a6b7c8d
