locals {
  makes_security_group = var.vpc == null ? false : var.vpc.security_group_ids == null
  makes_endpoint       = var.private_ingress == null ? false : var.private_ingress.subnet_ids != null
  # Without groups, the endpoint has the VPC's default one, by its id: left out, the provider keeps what was there.
  takes_default_group = local.makes_endpoint && try(var.private_ingress.security_group_ids == null, false)

  # The security groups of the connector, given or made here.
  given_groups    = local.makes_security_group ? [] : one(var.vpc[*].security_group_ids)
  security_groups = local.makes_security_group ? aws_security_group.vpc[*].id : local.given_groups

  # App Runner refuses a second connector with the same subnets and groups, and deletes slowly: the name changes with
  # them.
  connector_content = var.vpc == null ? "" : join(
    "\u0000", concat(sort(var.vpc.subnet_ids), [""], sort(local.given_groups))
  )
  connector_prefix = (
    length(local.name) <= 33
    ? local.name
    : "${replace(substr(local.name, 0, 26), "/-+$/", "")}-${substr(sha256(local.name), 0, 6)}"
  )
}

data "aws_subnet" "vpc" {
  count = local.makes_security_group ? 1 : 0

  id = var.vpc.subnet_ids[0]
}

resource "aws_security_group" "vpc" {
  count = local.makes_security_group ? 1 : 0

  description = "Outgoing traffic of the App Runner service ${local.name}"
  # EC2 keeps sg- at the beginning for its own ids.
  name_prefix = "${replace(local.name, "/^sg-/", "service-sg-")}-"
  vpc_id      = data.aws_subnet.vpc[0].vpc_id
  tags        = var.tags

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_egress_rule" "vpc_ipv4" {
  count = local.makes_security_group ? 1 : 0

  description       = "All IPv4 traffic out"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "-1"
  security_group_id = aws_security_group.vpc[0].id
  tags              = var.tags
}

resource "aws_vpc_security_group_egress_rule" "vpc_ipv6" {
  count = local.makes_security_group ? 1 : 0

  description       = "All IPv6 traffic out"
  cidr_ipv6         = "::/0"
  ip_protocol       = "-1"
  security_group_id = aws_security_group.vpc[0].id
  tags              = var.tags
}

resource "aws_apprunner_vpc_connector" "vpc" {
  count = var.vpc == null ? 0 : 1

  vpc_connector_name = "${local.connector_prefix}-${substr(sha256(local.connector_content), 0, 6)}"
  subnets            = var.vpc.subnet_ids
  security_groups    = local.security_groups
  tags               = var.tags

  lifecycle {
    create_before_destroy = true
  }
}

data "aws_security_group" "ingress" {
  count = local.takes_default_group ? 1 : 0

  vpc_id = var.private_ingress.vpc_id
  name   = "default"
}

resource "aws_vpc_endpoint" "ingress" {
  count = local.makes_endpoint ? 1 : 0

  service_name      = "com.amazonaws.${local.region}.apprunner.requests"
  vpc_endpoint_type = "Interface"
  vpc_id            = var.private_ingress.vpc_id
  subnet_ids        = var.private_ingress.subnet_ids
  security_group_ids = (
    local.takes_default_group ? data.aws_security_group.ingress[*].id : var.private_ingress.security_group_ids
  )
  private_dns_enabled = false
  tags                = var.tags

  # In another VPC it is another one, to which its users move before the old one goes.
  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_apprunner_vpc_ingress_connection" "ingress" {
  count = var.private_ingress == null ? 0 : 1

  name        = local.name
  service_arn = aws_apprunner_service.this.arn
  tags        = var.tags

  ingress_vpc_configuration {
    vpc_id          = var.private_ingress.vpc_id
    vpc_endpoint_id = local.makes_endpoint ? aws_vpc_endpoint.ingress[0].id : var.private_ingress.vpc_endpoint_id
  }
}

resource "aws_wafv2_web_acl_association" "waf" {
  count = var.web_acl == null ? 0 : 1

  resource_arn = aws_apprunner_service.this.arn
  web_acl_arn  = var.web_acl.arn
}
