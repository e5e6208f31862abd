variable "events" {
  description = "Registry events that trigger the webhook, at least one. Order and repetition make no difference."
  type        = list(string)
  nullable    = false
}

variable "description" {
  description = "What the webhook is for."
  type        = string
  default     = null
}

variable "status" {
  description = "ACTIVE or DISABLED."
  type        = string
  default     = "ACTIVE"
  nullable    = false

  validation {
    condition     = contains(["ACTIVE", "DISABLED"], var.status)
    error_message = "The status must be ACTIVE or DISABLED."
  }
}

variable "model_name" {
  description = "The registered model to watch. When null, the webhook is registry-wide, which needs workspace admin rights. A change replaces the webhook."
  type        = string
  default     = null
}

variable "registry_webhook" {
  description = "Whether the webhook is registry-wide. Without effect when model_name is set."
  type        = bool
  default     = true
  nullable    = false
}

variable "http_url_spec" {
  description = "Call an HTTPS endpoint. Set exactly one of http_url_spec and job_spec. Mind the spelling of the members: Terraform drops one that does not exist, without a word."
  type = object({
    url                     = string
    enable_ssl_verification = optional(bool, true)
    authorization_header    = optional(string)
    secret                  = optional(string)

    # Names that people write by habit. Terraform would drop them without a word, so they are here to be refused.
    authorization                   = optional(string)
    url_wo                          = optional(string)
    url_wo_version                  = optional(number)
    authorization_header_wo         = optional(string)
    authorization_header_wo_version = optional(number)
    secret_wo                       = optional(string)
    secret_wo_version               = optional(number)
  })
  default = null

  # The conditions name no member: Terraform prints the value of what a failed condition names.
  validation {
    condition     = var.http_url_spec == null ? true : alltrue([for name in ["authorization"] : var.http_url_spec[name] == null])
    error_message = "http_url_spec.authorization is called authorization_header here. Rename it."
  }
  validation {
    condition = var.http_url_spec == null ? true : alltrue([
      for name in [
        "url_wo", "url_wo_version", "authorization_header_wo", "authorization_header_wo_version", "secret_wo", "secret_wo_version"
      ] :
      var.http_url_spec[name] == null
    ])
    error_message = "http_url_spec has no write-only members (..._wo) in this module. Use the module databricks_mlflow_webhook_wo, or the plain member."
  }
}

variable "job_spec" {
  description = "Run a Databricks job. Set exactly one of http_url_spec and job_spec. Without access_token the provider lends its own token. Mind the spelling of the members: Terraform drops one that does not exist, without a word."
  type = object({
    job_id        = string
    access_token  = optional(string)
    workspace_url = optional(string)

    # As above.
    access_token_wo         = optional(string)
    access_token_wo_version = optional(number)
  })
  default = null

  validation {
    condition = var.job_spec == null ? true : alltrue([
      for name in ["access_token_wo", "access_token_wo_version"] : var.job_spec[name] == null
    ])
    error_message = "job_spec has no write-only members (..._wo) in this module. Use the module databricks_mlflow_webhook_wo, or the plain member."
  }
}
