variable "tag" {
  description = "The tag of the image that the service web runs."
  type        = string
  default     = "1.0.0"
}
