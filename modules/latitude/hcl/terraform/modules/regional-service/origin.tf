locals {
  # Where the application comes from: an image of Amazon ECR or of ECR Public, or source code, which App Runner builds
  # as its API is told (api) or as apprunner.yaml says (file).
  origin = (
    var.source_code == null
    ? (var.image.public == null ? "ecr" : "public")
    : (var.source_code.runtime == null ? "file" : "api")
  )
  has_image         = var.source_code == null
  makes_connection  = local.has_image ? false : var.source_code.connection == null
  makes_access_role = local.origin == "ecr" ? var.image.access_role == null : false

  # Another provider's connection than GitHub's has its own name: both exist while a service moves.
  connection = join("-", concat(
    [local.name], [for kind in var.source_code[*].provider_type : lower(kind) if kind != "GITHUB"]
  ))

  repository     = coalesce(one(var.image[*].repository), "${var.application}/${var.name}")
  registry_id    = coalesce(one(var.image[*].registry_id), local.account_id)
  repository_url = "${local.registry_id}.dkr.ecr.${local.region}.amazonaws.com/${local.repository}"
  # A service runs what its tag meant when it was planned; App Runner follows a tag only where it deploys by itself.
  image_digest = one(values(data.aws_ecr_image.image)[*].image_digest)
}

# App Runner can't create a service whose image is not in its region: this fails first, while nothing has been made.
# Terraform's message names this key, and neither repository nor tag otherwise.
data "aws_ecr_image" "image" {
  for_each = toset(local.origin != "ecr" ? [] : [
    var.image.tag == null ? local.repository : "${local.repository}:${var.image.tag}",
  ])

  registry_id     = local.registry_id
  repository_name = local.repository
  image_tag       = var.image.tag
  image_digest    = var.image.digest
}

resource "aws_apprunner_connection" "connection" {
  count = local.makes_connection ? 1 : 0

  connection_name = (
    length(local.connection) <= 32
    ? local.connection
    : "${replace(substr(local.connection, 0, 25), "/-+$/", "")}-${substr(sha256(local.connection), 0, 6)}"
  )
  provider_type = var.source_code.provider_type
  tags          = var.tags

  # The service moves to another provider's before this one goes.
  lifecycle {
    create_before_destroy = true
  }
}
