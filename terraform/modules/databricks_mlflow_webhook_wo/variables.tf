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
  description = "Call an HTTPS endpoint: that of url, or of the module's input url_wo. Set exactly one of http_url_spec and job_spec. Mind the spelling of the members: Terraform drops one that does not exist, without a word."
  type = object({
    url                     = optional(string)
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
    error_message = "The write-only members (..._wo) of http_url_spec are inputs of the module itself, beside http_url_spec. Move them there."
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
    error_message = "The write-only members (..._wo) of job_spec are inputs of the module itself, beside job_spec. Move them there."
  }
}

variable "url_wo" {
  description = "The endpoint, kept out of plan and state: for addresses whose path or query is a secret. May be an ephemeral value. With it set http_url_spec without url, {} at least."
  type        = string
  ephemeral   = true
  default     = null
}

variable "url_wo_version" {
  description = "Any number. With it, a change of it, and only that, sends url_wo anew, but for an address that somebody has changed on the service."
  type        = number
  default     = null
}

variable "authorization_header_wo" {
  description = "The Authorization header of each delivery, kept out of plan and state. May be an ephemeral value. Excludes http_url_spec.authorization_header."
  type        = string
  ephemeral   = true
  default     = null
}

variable "authorization_header_wo_version" {
  description = "Any number. With it, a change of it, and only that, sends authorization_header_wo anew."
  type        = number
  default     = null
}

variable "secret_wo" {
  description = "The key that signs each payload, kept out of plan and state. May be an ephemeral value. Excludes http_url_spec.secret."
  type        = string
  ephemeral   = true
  default     = null
}

variable "secret_wo_version" {
  description = "Any number. With it, a change of it, and only that, sends secret_wo anew."
  type        = number
  default     = null
}

variable "access_token_wo" {
  description = "The token with which the service starts the job, kept out of plan and state. May be an ephemeral value. Excludes job_spec.access_token."
  type        = string
  ephemeral   = true
  default     = null
}

variable "access_token_wo_version" {
  description = "Any number. With it, a change of it, and only that, sends access_token_wo anew. Allowed without access_token_wo: a change then lends the provider's present token anew."
  type        = number
  default     = null
}
