resource "aws_route53_record" "latency_a" {
  count = !var.draining ? 1 : 0

  zone_id        = var.zone_id
  name           = var.name
  type           = "A"
  set_identifier = local.region

  alias {
    name                   = local.region_name["apex"]
    zone_id                = var.zone_id
    evaluate_target_health = true
  }

  latency_routing_policy {
    region = local.region
  }

  depends_on = [aws_route53_record.region_a]
}

resource "aws_route53_record" "latency_aaaa" {
  count = !var.draining && var.ip_address_type == "DUAL_STACK" ? 1 : 0

  zone_id        = var.zone_id
  name           = var.name
  type           = "AAAA"
  set_identifier = local.region

  alias {
    name                   = local.region_name["apex"]
    zone_id                = var.zone_id
    evaluate_target_health = true
  }

  latency_routing_policy {
    region = local.region
  }

  depends_on = [aws_route53_record.region_aaaa]
}

resource "aws_route53_record" "latency_www_a" {
  count = !var.draining && var.www ? 1 : 0

  zone_id        = var.zone_id
  name           = "www.${var.name}"
  type           = "A"
  set_identifier = local.region

  alias {
    name                   = local.region_name["www"]
    zone_id                = var.zone_id
    evaluate_target_health = true
  }

  latency_routing_policy {
    region = local.region
  }

  depends_on = [aws_route53_record.region_www_a]
}

resource "aws_route53_record" "latency_www_aaaa" {
  count = !var.draining && var.www && var.ip_address_type == "DUAL_STACK" ? 1 : 0

  zone_id        = var.zone_id
  name           = "www.${var.name}"
  type           = "AAAA"
  set_identifier = local.region

  alias {
    name                   = local.region_name["www"]
    zone_id                = var.zone_id
    evaluate_target_health = true
  }

  latency_routing_policy {
    region = local.region
  }

  depends_on = [aws_route53_record.region_www_aaaa]
}
