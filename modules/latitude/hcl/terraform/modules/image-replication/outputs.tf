output "registry_id" {
  description = "The account whose registry copies the images."
  value       = aws_ecr_replication_configuration.this.registry_id
}
