locals {
  region = data.aws_region.current.id
}

data "aws_region" "current" {}

resource "aws_route53_health_check" "health" {
  type = "HTTPS"
  # The region's own host, never the name that regions share.
  fqdn               = var.service.host
  port               = 443
  resource_path      = coalesce(var.health_check.path, "/")
  enable_sni         = true
  request_interval   = var.health_check.interval_seconds
  failure_threshold  = var.health_check.failure_threshold
  measure_latency    = var.health_check.measure_latency
  invert_healthcheck = false

  tags = merge(var.tags, { Name = "${var.service.name}-${local.region}" })
}

# The service has no zone_id of its own (provider issue 36359).
data "aws_apprunner_hosted_zone_id" "latency" {
  count = var.draining ? 0 : 1
}

resource "aws_route53_record" "latency_a" {
  count = var.draining ? 0 : 1

  zone_id         = var.zone_id
  name            = var.name
  type            = "A"
  set_identifier  = local.region
  health_check_id = aws_route53_health_check.health.id

  alias {
    name                   = aws_apprunner_custom_domain_association.this.dns_target
    zone_id                = data.aws_apprunner_hosted_zone_id.latency[0].id
    evaluate_target_health = true
  }

  latency_routing_policy {
    region = local.region
  }
}

resource "aws_route53_record" "latency_aaaa" {
  count = !var.draining && var.ip_address_type == "DUAL_STACK" ? 1 : 0

  zone_id         = var.zone_id
  name            = var.name
  type            = "AAAA"
  set_identifier  = local.region
  health_check_id = aws_route53_health_check.health.id

  alias {
    name                   = aws_apprunner_custom_domain_association.this.dns_target
    zone_id                = data.aws_apprunner_hosted_zone_id.latency[0].id
    evaluate_target_health = true
  }

  latency_routing_policy {
    region = local.region
  }
}

resource "aws_route53_record" "latency_www_a" {
  count = !var.draining && var.www ? 1 : 0

  zone_id         = var.zone_id
  name            = "www.${var.name}"
  type            = "A"
  set_identifier  = local.region
  health_check_id = aws_route53_health_check.health.id

  alias {
    name                   = aws_apprunner_custom_domain_association.this.dns_target
    zone_id                = data.aws_apprunner_hosted_zone_id.latency[0].id
    evaluate_target_health = true
  }

  latency_routing_policy {
    region = local.region
  }
}

resource "aws_route53_record" "latency_www_aaaa" {
  count = !var.draining && var.www && var.ip_address_type == "DUAL_STACK" ? 1 : 0

  zone_id         = var.zone_id
  name            = "www.${var.name}"
  type            = "AAAA"
  set_identifier  = local.region
  health_check_id = aws_route53_health_check.health.id

  alias {
    name                   = aws_apprunner_custom_domain_association.this.dns_target
    zone_id                = data.aws_apprunner_hosted_zone_id.latency[0].id
    evaluate_target_health = true
  }

  latency_routing_policy {
    region = local.region
  }
}
