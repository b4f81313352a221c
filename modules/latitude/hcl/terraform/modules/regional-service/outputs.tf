output "arn" {
  description = "The ARN of the App Runner service."
  value       = aws_apprunner_service.this.arn
}

output "url" {
  description = "The region's own URL of the service."
  value       = "https://${aws_apprunner_service.this.service_url}"
}

output "host" {
  description = "The host of the region's own URL, which health checks ask."
  value       = aws_apprunner_service.this.service_url
}

output "name" {
  description = "The service's name in AWS."
  value       = aws_apprunner_service.this.service_name
}

output "image_digest" {
  description = "The digest of the image that the service runs, where it is one of Amazon ECR."
  value       = local.image_digest
}

output "instance_role_arn" {
  description = "The ARN of the role that the service's code has."
  value       = local.role_arn
}

output "connection_arn" {
  description = "The ARN of App Runner's connection to the provider of source code, where one is made here."
  value       = one(aws_apprunner_connection.connection[*].arn)
}

output "vpc_connector_arn" {
  description = "The ARN of the VPC connector, where the service has one."
  value       = one(aws_apprunner_vpc_connector.vpc[*].arn)
}

output "vpc_security_group_ids" {
  description = "The VPC connector's security groups, for the rules of databases and caches."
  value       = var.vpc == null ? null : local.security_groups
}

output "vpc_endpoint_id" {
  description = "The interface endpoint through which a VPC reaches a private service."
  value       = one(aws_apprunner_vpc_ingress_connection.ingress[*].ingress_vpc_configuration[0].vpc_endpoint_id)
}

output "private_domain" {
  description = "The name under which a VPC reaches a private service."
  value       = one(aws_apprunner_vpc_ingress_connection.ingress[*].domain_name)
}

output "key_arn" {
  description = "The ARN of the KMS key of App Runner's copy, where one is made here."
  value       = one(aws_kms_key.key[*].arn)
}
