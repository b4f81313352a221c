locals {
  makes_role = var.instance_role == null
  role_arn   = local.makes_role ? aws_iam_role.instance[0].arn : var.instance_role.arn
  has_policy = local.makes_role && (
    var.tracing
    || length(var.tables) > 0
    || length(var.parameters) > 0
    || length(var.secrets) > 0
    || length(var.statements) > 0
  )
  table_actions = {
    read       = local.reads
    write      = local.writes
    read_write = distinct(concat(local.reads, local.writes))
  }
  reads = [
    "dynamodb:BatchGetItem",
    "dynamodb:ConditionCheckItem",
    "dynamodb:DescribeTable",
    "dynamodb:GetItem",
    "dynamodb:Query",
    "dynamodb:Scan",
  ]
  writes = [
    "dynamodb:BatchWriteItem",
    "dynamodb:DeleteItem",
    "dynamodb:DescribeTable",
    "dynamodb:PutItem",
    "dynamodb:UpdateItem",
  ]
  table_keys = [for table in var.tables : table.key.arn if table.key != null]
  # The key of each secret, if it has one, and the service that keeps the secret.
  keyed = concat(
    [for parameter in values(var.parameters) : { key = parameter.kms_key, service = "ssm" }],
    [for secret in values(var.secrets) : { key = secret.kms_key, service = "secretsmanager" }],
  )
  secret_keys         = [for secret in local.keyed : secret.key.arn if secret.key != null]
  secret_key_services = distinct([for secret in local.keyed : secret.service if secret.key != null])
}

data "aws_iam_policy_document" "instance_trust" {
  count = local.makes_role ? 1 : 0

  statement {
    effect  = "Allow"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["tasks.apprunner.amazonaws.com"]
    }
  }
}

# What the service's code may do.
resource "aws_iam_role" "instance" {
  count = local.makes_role ? 1 : 0

  # IAM is global and services are not: the region is in the name.
  name                 = "${local.name}-${local.region}-instance"
  assume_role_policy   = data.aws_iam_policy_document.instance_trust[0].json
  path                 = var.roles.path
  permissions_boundary = var.roles.permissions_boundary_arn
  tags                 = var.tags
}

resource "aws_iam_role_policy_attachment" "instance" {
  for_each = var.policy_arns

  role       = aws_iam_role.instance[0].name
  policy_arn = each.value
}

data "aws_iam_policy_document" "instance_policy" {
  count = local.has_policy ? 1 : 0

  # A statement for each kind of access: a role's policies have 10,240 characters (IAM quotas).
  dynamic "statement" {
    for_each = { for table in var.tables : table.access => table... }

    content {
      effect  = "Allow"
      actions = local.table_actions[statement.key]
      resources = flatten([
        for table in statement.value : table.has_indexes ? [table.arn, "${table.arn}/index/*"] : [table.arn]
      ])
    }
  }

  # What a caller needs for a table under a customer-managed key (DynamoDB Developer Guide, encryption at rest).
  dynamic "statement" {
    for_each = length(local.table_keys) > 0 ? [1] : []

    content {
      effect    = "Allow"
      actions   = ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"]
      resources = local.table_keys

      condition {
        test     = "StringEquals"
        variable = "kms:ViaService"
        values   = ["dynamodb.${local.region}.amazonaws.com"]
      }
    }
  }

  dynamic "statement" {
    for_each = length(var.secrets) > 0 ? [1] : []

    content {
      effect    = "Allow"
      actions   = ["secretsmanager:GetSecretValue"]
      resources = values(local.secret_arns)
    }
  }

  dynamic "statement" {
    for_each = length(var.parameters) > 0 ? [1] : []

    content {
      effect    = "Allow"
      actions   = ["ssm:GetParameters"]
      resources = values(local.parameter_arns)
    }
  }

  dynamic "statement" {
    for_each = length(local.secret_keys) > 0 ? [1] : []

    content {
      effect    = "Allow"
      actions   = ["kms:Decrypt"]
      resources = local.secret_keys

      # The key may encrypt more than secrets (AWS KMS Developer Guide, kms:ViaService).
      condition {
        test     = "StringEquals"
        variable = "kms:ViaService"
        values   = sort([for service in local.secret_key_services : "${service}.${local.region}.amazonaws.com"])
      }
    }
  }

  dynamic "statement" {
    for_each = var.tracing ? [1] : []

    content {
      effect = "Allow"
      actions = [
        "xray:GetSamplingRules",
        "xray:GetSamplingStatisticSummaries",
        "xray:GetSamplingTargets",
        "xray:PutTelemetryRecords",
        "xray:PutTraceSegments",
      ]
      resources = ["*"]
    }
  }

  dynamic "statement" {
    for_each = var.statements

    content {
      sid     = statement.value.sid
      effect  = statement.value.effect
      actions = statement.value.actions
      resources = [
        for resource in statement.value.resources :
        replace(replace(resource, "{region}", local.region), "{account_id}", local.account_id)
      ]

      dynamic "condition" {
        for_each = statement.value.conditions

        content {
          test     = condition.value.test
          variable = condition.value.variable
          values   = condition.value.values
        }
      }
    }
  }
}

resource "aws_iam_role_policy" "instance" {
  count = local.has_policy ? 1 : 0

  name   = "instance"
  role   = aws_iam_role.instance[0].name
  policy = data.aws_iam_policy_document.instance_policy[0].json
}

data "aws_iam_policy_document" "pull_trust" {
  count = local.makes_access_role ? 1 : 0

  statement {
    effect  = "Allow"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["build.apprunner.amazonaws.com"]
    }
  }
}

# The role with which App Runner pulls the image, where the registry's is not given.
resource "aws_iam_role" "pull" {
  count = local.makes_access_role ? 1 : 0

  name                 = "${local.name}-${local.region}-pull"
  assume_role_policy   = data.aws_iam_policy_document.pull_trust[0].json
  path                 = var.roles.path
  permissions_boundary = var.roles.permissions_boundary_arn
  tags                 = var.tags
}

data "aws_iam_policy_document" "pull_policy" {
  count = local.makes_access_role ? 1 : 0

  statement {
    sid       = "Authorize"
    effect    = "Allow"
    actions   = ["ecr:GetAuthorizationToken"]
    resources = ["*"]
  }

  statement {
    sid    = "Pull"
    effect = "Allow"
    actions = [
      "ecr:BatchCheckLayerAvailability",
      "ecr:BatchGetImage",
      "ecr:DescribeImages",
      "ecr:GetDownloadUrlForLayer",
    ]
    resources = ["arn:aws:ecr:${local.region}:${local.registry_id}:repository/${local.repository}"]
  }
}

resource "aws_iam_role_policy" "pull" {
  count = local.makes_access_role ? 1 : 0

  name   = "pull"
  role   = aws_iam_role.pull[0].name
  policy = data.aws_iam_policy_document.pull_policy[0].json
}
