locals {
  makes_key = var.encryption == null ? false : var.encryption.key == null
}

resource "aws_kms_key" "key" {
  count = local.makes_key ? 1 : 0

  description             = "App Runner's copy of ${local.name}"
  deletion_window_in_days = var.encryption.deletion_window_days
  enable_key_rotation     = true
  tags                    = var.tags

  # So that it is destroyed after whatever no longer uses it was updated or replaced.
  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_kms_alias" "key" {
  count = local.makes_key ? 1 : 0

  name          = "alias/apprunner/${local.name}"
  target_key_id = aws_kms_key.key[0].key_id
}
