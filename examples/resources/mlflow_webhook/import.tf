# The same in the configuration. After it a plan shows an update of what only the configuration knows: secrets. A secret
# that only the service knows is lost when the target is next sent without it, and the plan that does so names it.
import {
  to = mlflow_webhook.model
  id = "churn/5f0c7c1c0d1e4a9b8c2d3e4f5a6b7c8d"
}
