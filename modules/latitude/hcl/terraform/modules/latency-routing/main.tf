locals {
  region = data.aws_region.current.id
  leads  = var.latency_records && !var.draining
  # What the region's own record sets are called, by what begins their addresses.
  region_name = {
    for role, name in { apex = var.name, www = "www.${var.name}" } :
    role => replace(replace(var.region_name, "{region}", local.region), "{domain}", name)
  }
}

data "aws_region" "current" {}

resource "aws_route53_health_check" "health" {
  provider = aws.dns

  type = "HTTPS"
  # The region's own host, never the name that regions share.
  fqdn              = var.service.host
  port              = 443
  resource_path     = coalesce(var.health_check.path, "/")
  enable_sni        = true
  request_interval  = var.health_check.interval_seconds
  failure_threshold = var.health_check.failure_threshold
  measure_latency   = var.health_check.measure_latency
  # Disabled, a check is healthy; inverted too, it is unhealthy, whatever the host answers.
  disabled           = !local.open
  invert_healthcheck = !local.open

  tags = merge({ Name = "${var.service.name}-${local.region}" }, var.tags)
}

# The service has no zone_id of its own (provider issue 36359).
data "aws_apprunner_hosted_zone_id" "region" {}

resource "aws_route53_record" "region_a" {
  provider = aws.dns

  zone_id         = var.zone_id
  name            = local.region_name["apex"]
  type            = "A"
  set_identifier  = "app-runner"
  health_check_id = aws_route53_health_check.health.id

  alias {
    name                   = var.service.host
    zone_id                = data.aws_apprunner_hosted_zone_id.region.id
    evaluate_target_health = true
  }

  weighted_routing_policy {
    weight = local.region_weight
  }
}

resource "aws_route53_record" "region_aaaa" {
  count    = var.ip_address_type == "DUAL_STACK" ? 1 : 0
  provider = aws.dns

  zone_id         = var.zone_id
  name            = local.region_name["apex"]
  type            = "AAAA"
  set_identifier  = "app-runner"
  health_check_id = aws_route53_health_check.health.id

  alias {
    name                   = var.service.host
    zone_id                = data.aws_apprunner_hosted_zone_id.region.id
    evaluate_target_health = true
  }

  weighted_routing_policy {
    weight = local.region_weight
  }
}

resource "aws_route53_record" "region_www_a" {
  count    = var.www ? 1 : 0
  provider = aws.dns

  zone_id         = var.zone_id
  name            = local.region_name["www"]
  type            = "A"
  set_identifier  = "app-runner"
  health_check_id = aws_route53_health_check.health.id

  alias {
    name                   = var.service.host
    zone_id                = data.aws_apprunner_hosted_zone_id.region.id
    evaluate_target_health = true
  }

  weighted_routing_policy {
    weight = local.region_weight
  }
}

resource "aws_route53_record" "region_www_aaaa" {
  count    = var.www && var.ip_address_type == "DUAL_STACK" ? 1 : 0
  provider = aws.dns

  zone_id         = var.zone_id
  name            = local.region_name["www"]
  type            = "AAAA"
  set_identifier  = "app-runner"
  health_check_id = aws_route53_health_check.health.id

  alias {
    name                   = var.service.host
    zone_id                = data.aws_apprunner_hosted_zone_id.region.id
    evaluate_target_health = true
  }

  weighted_routing_policy {
    weight = local.region_weight
  }
}
