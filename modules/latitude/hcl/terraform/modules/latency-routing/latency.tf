resource "aws_route53_record" "latency_a" {
  count    = local.leads ? 1 : 0
  provider = aws.dns

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
  count    = local.leads && var.ip_address_type == "DUAL_STACK" ? 1 : 0
  provider = aws.dns

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
  count    = local.leads && var.www ? 1 : 0
  provider = aws.dns

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
  count    = local.leads && var.www && var.ip_address_type == "DUAL_STACK" ? 1 : 0
  provider = aws.dns

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
