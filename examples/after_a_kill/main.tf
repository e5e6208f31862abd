# After a run that was killed, or a create whose answer was lost: which webhooks equal another one, and which are in no
# state? Changes nothing. Needs workspace admin rights; with model_name, the rights on that model are enough.
#
#   terraform state pull > state.json      # where the webhooks are managed
#   terraform apply -var state_file=state.json
terraform {
  required_version = ">= 1.6"
  required_providers {
    mlflow = {
      source  = "terraform.local/local/mlflow"
      version = "~> 0.2"
    }
  }
}

variable "state_file" {
  description = "What `terraform state pull` printed. Without it no webhook counts as managed."
  type        = string
  default     = null
}

variable "model_name" {
  description = "Look at the webhooks of this registered model only."
  type        = string
  default     = null
}

data "mlflow_webhooks" "all" {
  model_name = var.model_name
}

locals {
  # Before the first apply there is no state, and its text is empty.
  state_text = var.state_file == null ? "" : file(var.state_file)
  managed = toset(flatten([
    for resource in try(jsondecode(local.state_text).resources, []) : resource.instances[*].attributes.id
    if resource.mode == "managed" && resource.type == "mlflow_webhook"
  ]))

  # Seconds since the year 0 of each moment, as Terraform has no difference of times. A year begins in March here, so that
  # its last day is the leap day.
  moments = toset(concat([plantimestamp()], compact(data.mlflow_webhooks.all.webhooks[*].created_at)))
  parts   = { for moment in local.moments : moment => [for text in split(" ", formatdate("YYYY MM DD hh mm ss", moment)) : tonumber(text)] }
  march   = { for moment, part in local.parts : moment => [part[1] < 3 ? part[0] - 1 : part[0], (part[1] + 9) % 12] }
  seconds = {
    for moment, part in local.parts : moment => part[5] + 60 * (part[4] + 60 * (part[3] + 24 * (part[2] +
      floor((153 * local.march[moment][1] + 2) / 5) + 365 * local.march[moment][0] + floor(local.march[moment][0] / 4) -
    floor(local.march[moment][0] / 100) + floor(local.march[moment][0] / 400))))
  }

  webhooks = [for webhook in data.mlflow_webhooks.all.webhooks : {
    id          = webhook.id
    import_as   = webhook.model_name == null ? webhook.id : "${webhook.model_name}/${webhook.id}"
    managed     = contains(local.managed, webhook.id)
    created_at  = webhook.created_at
    age_minutes = webhook.created_at == null ? null : floor((local.seconds[plantimestamp()] - local.seconds[webhook.created_at]) / 60)
    # All that shows of it, but for id and times.
    looks_like = jsonencode({ for name, value in webhook : name => value if !contains(["id", "created_at", "updated_at"], name) })
  }]
  groups = { for webhook in local.webhooks : webhook.looks_like => webhook... }
}

output "equal" {
  description = "Groups of webhooks that differ in id and times only. Their secrets may differ."
  value = [
    for looks_like, group in local.groups : { webhook = jsondecode(looks_like), ids = { for one in group : one.id => {
      import_as = one.import_as, managed = one.managed, age_minutes = one.age_minutes
    } } } if length(group) > 1
  ]
}

output "not_managed" {
  description = "Webhooks that the state does not have."
  value = {
    for webhook in local.webhooks : webhook.id => {
      import_as = webhook.import_as, age_minutes = webhook.age_minutes, created_at = webhook.created_at
    } if !webhook.managed
  }
}
