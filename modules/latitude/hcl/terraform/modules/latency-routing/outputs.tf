output "dns_target" {
  description = "What the name's record leads to in this region."
  value       = aws_apprunner_custom_domain_association.this.dns_target
}

output "health_check_id" {
  description = "The Route 53 health check of this region."
  value       = aws_route53_health_check.health.id
}
