variable "name" {
  description = "The webhook's name: 1 to 63 letters, digits, dots, underscores and hyphens, the first and the last a letter or digit. Names may repeat."
  type        = string
  nullable    = false
}

variable "url" {
  description = "The endpoint that the server calls with a POST request: https, or http where the server allows it. Exactly one of url and url_wo."
  type        = string
  default     = null
}

variable "url_wo" {
  description = "The endpoint, kept out of plan and state: for addresses whose path or query is a secret. May be an ephemeral value. Excludes url."
  type        = string
  ephemeral   = true
  default     = null
}

variable "url_wo_version" {
  description = "Any number. With it, a change of it, and only that, sends url_wo anew, but for an address that somebody has changed on the service."
  type        = number
  default     = null
}

variable "events" {
  description = "Events of the MLflow server that trigger the webhook, at least one, such as model_version.created. Order and repetition make no difference."
  type        = list(string)
  default     = ["model_version.created"]
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

variable "secret" {
  description = "The key that signs each delivery. Kept in the state. Removing it replaces the webhook."
  type        = string
  sensitive   = true
  default     = null
}

variable "secret_wo" {
  description = "The key that signs each delivery, kept out of plan and state. May be an ephemeral value. Excludes secret."
  type        = string
  ephemeral   = true
  default     = null
}

variable "secret_wo_version" {
  description = "Any number. With it, a change of it, and only that, sends secret_wo anew, or, where secret_wo is null, replaces the webhook by one without a secret."
  type        = number
  default     = null
}

variable "workspace" {
  description = "The MLflow workspace of the webhook, on a server that has workspaces. When null, the provider's. A change replaces the webhook."
  type        = string
  default     = null
}
