locals {
  # What App Runner calls things: a service's name has 40 characters, what scales, traces or connects it 32.
  name = "${var.application}-${var.name}"
  short_name = (
    length(local.name) <= 32
    ? local.name
    : "${replace(substr(local.name, 0, 25), "/-+$/", "")}-${substr(sha256(local.name), 0, 6)}"
  )
  region     = data.aws_region.current.id
  account_id = data.aws_caller_identity.current.account_id

  secret_arns = {
    for name, secret in var.secrets :
    name => secret.secret == null ? data.aws_secretsmanager_secret.secret[name].arn : secret.secret.arn
  }
  secret_parts = {
    for name, secret in var.secrets :
    name => join(":", [
      for part in [secret.json_key, secret.version_stage, secret.version_id] : part == null ? "" : part
    ])
  }
  # What App Runner is told: SECRET-ARN:JSON-KEY:VERSION-STAGE:VERSION-ID, or the ARN alone.
  secrets = merge(
    {
      for name, secret in var.secrets :
      name => join("", [
        local.secret_arns[name],
        local.secret_parts[name] == "::" ? "" : ":${local.secret_parts[name]}",
      ])
    },
    local.parameter_arns,
  )
  parameter_arns = {
    for name, parameter in var.parameters :
    name => "arn:aws:ssm:${local.region}:${local.account_id}:parameter/${trimprefix(parameter.name, "/")}"
  }
  image_identifier = local.origin == "public" ? var.image.public : (
    local.origin != "ecr" ? null : (
      var.auto_deployments
      ? "${local.repository_url}:${var.image.tag}"
      : "${local.repository_url}@${local.image_digest}"
    )
  )
  went_back = join(" ", [
    "App Runner could not deploy this, went back to what ran before, and serves that.",
    "Its reason is in the service's event log in CloudWatch.",
    "Mend what was deployed, or go back to the version before, and apply again.",
  ])
  variables = merge(
    var.environment,
    { for name, table in var.tables : local.table_variables[name] => table.name },
  )
}

data "aws_caller_identity" "current" {}

data "aws_region" "current" {}

resource "aws_apprunner_auto_scaling_configuration_version" "scaling" {
  auto_scaling_configuration_name = local.short_name
  max_concurrency                 = var.autoscaling.max_concurrency
  max_size                        = var.autoscaling.max_size
  min_size                        = var.autoscaling.min_size
  tags                            = var.tags

  # A configuration is replaced, and not while a service uses it (provider issue 38534): the new one comes first.
  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_apprunner_observability_configuration" "tracing" {
  count = var.tracing ? 1 : 0

  observability_configuration_name = local.short_name
  tags                             = var.tags

  trace_configuration {
    vendor = "AWSXRAY"
  }

  lifecycle {
    create_before_destroy = true
  }
}

data "aws_secretsmanager_secret" "secret" {
  for_each = { for name, secret in var.secrets : name => secret.name if secret.secret == null }

  name = each.value
}

# Nothing in AWS: App Runner switches no service from image to source code or back (UpdateService), so that it is made
# anew with a change of this.
resource "terraform_data" "origin" {
  input = local.has_image ? "image" : "source code"
}

resource "aws_apprunner_service" "this" {
  service_name                   = local.name
  auto_scaling_configuration_arn = aws_apprunner_auto_scaling_configuration_version.scaling.arn
  tags                           = var.tags

  source_configuration {
    # AWS's default is true: regions would roll on their own.
    auto_deployments_enabled = var.auto_deployments

    dynamic "authentication_configuration" {
      for_each = local.origin == "public" ? [] : [1]

      content {
        access_role_arn = local.origin != "ecr" ? null : (
          local.makes_access_role ? aws_iam_role.pull[0].arn : var.image.access_role.arn
        )
        connection_arn = local.has_image ? null : (
          local.makes_connection ? aws_apprunner_connection.connection[0].arn : var.source_code.connection.arn
        )
      }
    }

    dynamic "image_repository" {
      for_each = local.has_image ? [1] : []

      content {
        image_identifier      = local.image_identifier
        image_repository_type = local.origin == "ecr" ? "ECR" : "ECR_PUBLIC"

        image_configuration {
          port                          = var.port
          runtime_environment_secrets   = local.secrets
          runtime_environment_variables = local.variables
          start_command                 = var.start_command
        }
      }
    }

    dynamic "code_repository" {
      for_each = local.has_image ? [] : [1]

      content {
        repository_url   = var.source_code.repository_url
        source_directory = var.source_code.source_directory

        source_code_version {
          type  = "BRANCH"
          value = var.source_code.branch
        }

        code_configuration {
          configuration_source = local.origin == "api" ? "API" : "REPOSITORY"

          dynamic "code_configuration_values" {
            for_each = local.origin == "api" ? [1] : []

            content {
              build_command                 = var.source_code.build_command
              port                          = var.port
              runtime                       = var.source_code.runtime
              runtime_environment_secrets   = local.secrets
              runtime_environment_variables = local.variables
              start_command                 = var.start_command
            }
          }
        }
      }
    }
  }

  instance_configuration {
    cpu               = var.cpu
    memory            = var.memory
    instance_role_arn = local.role_arn
  }

  health_check_configuration {
    protocol            = var.health_check.protocol
    path                = var.health_check.path
    interval            = var.health_check.interval_seconds
    timeout             = var.health_check.timeout_seconds
    healthy_threshold   = var.health_check.healthy_threshold
    unhealthy_threshold = var.health_check.unhealthy_threshold
  }

  network_configuration {
    ip_address_type = var.ip_address_type

    egress_configuration {
      egress_type       = var.vpc == null ? "DEFAULT" : "VPC"
      vpc_connector_arn = one(aws_apprunner_vpc_connector.vpc[*].arn)
    }

    ingress_configuration {
      is_publicly_accessible = var.private_ingress == null
    }
  }

  observability_configuration {
    observability_enabled           = var.tracing
    observability_configuration_arn = one(aws_apprunner_observability_configuration.tracing[*].arn)
  }

  dynamic "encryption_configuration" {
    for_each = var.encryption == null ? [] : [1]

    content {
      kms_key = local.makes_key ? aws_kms_key.key[0].arn : var.encryption.key.arn
    }
  }

  # What the service may do is there before its code runs.
  depends_on = [
    aws_iam_role_policy.instance,
    aws_iam_role_policy.pull,
    aws_iam_role_policy_attachment.instance,
  ]

  lifecycle {
    replace_triggered_by = [terraform_data.origin]

    # A deployment that fails is rolled back, the service is RUNNING again, and the provider takes that for success
    # (https://github.com/aws/apprunner-roadmap/issues/209).
    postcondition {
      condition = (
        local.has_image
        ? self.source_configuration[0].image_repository[0].image_identifier == local.image_identifier
        : self.source_configuration[0].code_repository[0].source_code_version[0].value == var.source_code.branch
      )
      error_message = "${var.name} does not run the version that was asked for. ${local.went_back}"
    }

    postcondition {
      condition = alltrue([
        for runs in flatten([
          self.source_configuration[0].image_repository[*].image_configuration,
          self.source_configuration[0].code_repository[*].code_configuration[*].code_configuration_values,
        ]) :
        runs.port == tostring(var.port)
        && try(runs.start_command == coalesce(var.start_command, runs.start_command), var.start_command == null)
        && jsonencode(coalesce(runs.runtime_environment_variables, {})) == jsonencode(local.variables)
        && jsonencode(coalesce(runs.runtime_environment_secrets, {})) == jsonencode(local.secrets)
      ])
      error_message = "${var.name} does not run with the settings that were asked for. ${local.went_back}"
    }
  }
}
