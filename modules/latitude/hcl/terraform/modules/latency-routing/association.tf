locals {
  # App Runner makes two records that validate the certificate, or three with www. They are unknown at plan, so that
  # a for_each over them would fail (provider issue 23460): the first, the second and the third by name.
  records      = aws_apprunner_custom_domain_association.this.certificate_validation_records
  record_names = sort(local.records[*].name)
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
  zone_id = var.zone_id
  name    = local.record_names[0]
  type    = "CNAME"
  ttl     = 300
  records = [one([for record in local.records : record.value if record.name == local.record_names[0]])]
  # Another region may have made the same record.
  allow_overwrite = true
}

resource "aws_route53_record" "validation_1" {
  zone_id         = var.zone_id
  name            = local.record_names[1]
  type            = "CNAME"
  ttl             = 300
  records         = [one([for record in local.records : record.value if record.name == local.record_names[1]])]
  allow_overwrite = true
}

resource "aws_route53_record" "validation_2" {
  count = var.www ? 1 : 0

  zone_id         = var.zone_id
  name            = local.record_names[2]
  type            = "CNAME"
  ttl             = 300
  records         = [one([for record in local.records : record.value if record.name == local.record_names[2]])]
  allow_overwrite = true
}

# An output of the status would change on its own once AWS has validated the certificate.
check "certificate" {
  assert {
    condition = aws_apprunner_custom_domain_association.this.status == "active"
    error_message = join(" ", [
      "${var.name} is not live in this region: App Runner says ${aws_apprunner_custom_domain_association.this.status}.",
      "It validates the certificate within 48 hours of the records' creation.",
    ])
  }
}
