data "aws_caller_identity" "current" {}

# A registry has one replication configuration per region: this is all of the account's in the region of the provider.
resource "aws_ecr_replication_configuration" "this" {
  replication_configuration {
    rule {
      dynamic "destination" {
        for_each = var.destinations

        content {
          region      = destination.value
          registry_id = data.aws_caller_identity.current.account_id
        }
      }

      dynamic "repository_filter" {
        for_each = var.applications

        content {
          filter      = "${repository_filter.value}/"
          filter_type = "PREFIX_MATCH"
        }
      }
    }
  }
}
