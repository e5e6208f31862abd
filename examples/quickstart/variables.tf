variable "api_token" {
  description = "The token of the notification service."
  type        = string
  sensitive   = true
  default     = "not-a-real-token"
}
