locals {
  # App Runner makes two records that validate the certificate, or three with www. They are unknown at plan, so that
  # a for_each over them would fail (provider issue 23460): the first, the second and the third by name.
  records      = aws_apprunner_custom_domain_association.this.certificate_validation_records
  record_names = sort(local.records[*].name)

  # Open once the domain was active: Route 53 itself remembers for which service, so that a status that wavers later
  # closes nothing. Without a record the list is null, and an alias is null where a record is none.
  open = aws_apprunner_custom_domain_association.this.status == "active" || try(anytrue([
    for record in data.aws_route53_records.region.resource_record_sets :
    try(record.weight > 0 && trimsuffix(record.alias_target.dns_name, ".") == var.service.host, false)
  ]), false)
  region_weight = local.open ? 100 : 0
}

data "aws_route53_records" "region" {
  provider = aws.dns

  zone_id    = var.zone_id
  name_regex = "^${replace(local.region_name["apex"], ".", "\\.")}[.]$"
}

# One association per region, or TLS and the Host header fail there.
resource "aws_apprunner_custom_domain_association" "this" {
  domain_name          = var.name
  enable_www_subdomain = var.www
  service_arn          = var.service.arn

  lifecycle {
    postcondition {
      condition = length(self.certificate_validation_records) == (var.www ? 3 : 2)
      error_message = join(" ", [
        "App Runner gave another number of validation records than ${var.www ? 3 : 2} for ${var.name};",
        "apply again once it has made them all.",
      ])
    }
  }
}

resource "aws_route53_record" "validation_0" {
  provider = aws.dns

  zone_id = var.zone_id
  name    = local.record_names[0]
  type    = "CNAME"
  ttl     = 300
  records = [one([for record in local.records : record.value if record.name == local.record_names[0]])]
  # Regions may get the same record from AWS: each writes an entry of its own, and removes no other.
  set_identifier  = local.region
  allow_overwrite = true

  weighted_routing_policy {
    weight = 1
  }
}

resource "aws_route53_record" "validation_1" {
  provider = aws.dns

  zone_id         = var.zone_id
  name            = local.record_names[1]
  type            = "CNAME"
  ttl             = 300
  records         = [one([for record in local.records : record.value if record.name == local.record_names[1]])]
  set_identifier  = local.region
  allow_overwrite = true

  weighted_routing_policy {
    weight = 1
  }
}

resource "aws_route53_record" "validation_2" {
  count    = var.www ? 1 : 0
  provider = aws.dns

  zone_id         = var.zone_id
  name            = local.record_names[2]
  type            = "CNAME"
  ttl             = 300
  records         = [one([for record in local.records : record.value if record.name == local.record_names[2]])]
  set_identifier  = local.region
  allow_overwrite = true

  weighted_routing_policy {
    weight = 1
  }
}

# An output of the status would change on its own once AWS has validated the certificate.
check "certificate" {
  assert {
    condition = aws_apprunner_custom_domain_association.this.status == "active"
    error_message = join(" ", [
      "${var.name} is not live in this region: App Runner says ${aws_apprunner_custom_domain_association.this.status}.",
      "It validates the certificate within 48 hours of the records' creation. A region that was never live",
      "is not answered with until then, as long as another is: apply once more when it is active.",
    ])
  }
}
