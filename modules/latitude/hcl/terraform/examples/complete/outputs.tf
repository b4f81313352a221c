output "repository_urls" {
  description = "Where images are pushed to, by region and service."
  value       = module.example.repository_urls
}

output "service_urls" {
  description = "Each region's own URL of each service."
  value       = module.example.service_urls
}
