# A job that is made in the same apply: its id is unknown in the first plan.
terraform {
  required_version = ">= 1.6"
  required_providers {
    databricks = {
      source  = "databricks/databricks"
      version = ">= 1.0"
    }
  }
}

resource "databricks_job" "retraining" {
  name = "retraining"
}

module "retraining_webhook" {
  source      = "../../terraform/modules/databricks_mlflow_webhook"
  events      = ["MODEL_VERSION_TRANSITIONED_STAGE"]
  description = "Trigger model retraining on production deployment"
  job_spec    = { job_id = databricks_job.retraining.id }
}

output "job_id" {
  description = "The job that the webhook runs."
  value       = module.retraining_webhook.job_id
}
