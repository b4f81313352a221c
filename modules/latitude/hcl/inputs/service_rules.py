"""What the variables of ``regional-service`` must be together."""

from __future__ import annotations

from typing import Final

from latitude.hcl.inputs.rules import sids
from latitude.hcl.validation import Rule
from latitude.spec import Service

_UNSET: Final = {
    "port": f"var.port == {Service.model_fields['port'].default}",
    "start_command": "var.start_command == null",
    **{name: f"length(var.{name}) == 0" for name in ("environment", "parameters", "secrets", "tables")},
}

RULES: Final = [
    Rule(
        "image",
        "(var.image == null) != (var.source_code == null)",
        '"image: exactly one of image and source_code must be set (App Runner CreateService)."',
    ),
    Rule(
        "image",
        "try(var.image.public != null, true) ? true : (var.image.tag == null) != (var.image.digest == null)",
        '"image.tag: exactly one of tag and digest must be set (ECR ImageIdentifier)."',
    ),
    Rule(
        "image",
        "try(var.image.public, null) == null ? true : "
        "length(compact([var.image.tag, var.image.digest, var.image.repository, var.image.registry_id])) == 0",
        '"image.public: must be set without tag, digest, repository and registry_id (Latitude)."',
    ),
    Rule(
        "source_code",
        "!try(var.source_code.runtime == null && var.source_code.build_command != null, false)",
        '"source_code.build_command: needs runtime: without one, apprunner.yaml states the build command (App Runner '
        'ConfigurationSource)."',
    ),
    Rule(
        "memory",
        "try(contains(local.memory_by_cpu[var.cpu], var.memory), true)",
        '"memory: must be ${join(" or ", try(local.memory_by_cpu[var.cpu], []))} with cpu ${var.cpu}, got '
        '${var.memory} (App Runner Developer Guide, vCPU and memory configurations)."',
    ),
    Rule(
        "autoscaling",
        "var.autoscaling.min_size <= var.autoscaling.max_size",
        '"autoscaling.min_size: must be at most max_size, ${var.autoscaling.max_size}, got '
        '${var.autoscaling.min_size} (App Runner CreateAutoScalingConfiguration)."',
    ),
    Rule(
        "auto_deployments",
        "!var.auto_deployments || try(var.image.public == null, true)",
        '"auto_deployments: must be false with a public image, got true (App Runner: not for ECR Public)."',
    ),
    Rule(
        "start_command",
        "try(var.source_code.runtime == null, true) || var.start_command != null",
        '"start_command: is required for a source with a runtime (App Runner CodeConfigurationValues)."',
    ),
    *(
        Rule(
            name,
            f"try(var.source_code.runtime == null, false) ? {unset} : true",
            f'"{name}: must be unset for a source without runtime: apprunner.yaml states it (App Runner '
            'ConfigurationSource REPOSITORY)."',
        )
        for name, unset in _UNSET.items()
    ),
    Rule(
        "secrets",
        "alltrue([for secret in values(var.secrets) : (secret.name == null) != (secret.secret == null)])",
        '"secrets[*].name: exactly one of name and secret must be set (Latitude)."',
    ),
    Rule(
        "environment",
        "length(distinct(concat(keys(var.environment), local.other_variables))) == "
        "length(var.environment) + length(local.other_variables)",
        '"environment: must be set once: by environment, parameters, secrets or tables (Latitude)."',
    ),
    Rule(
        "tables",
        'alltrue([for name, table in var.tables : table.variable != null || !can(regex("^(?i:awsapprunner)", name))])',
        "\"tables[*].variable: must be set, since the one from the table's name is reserved (App Runner Developer "
        'Guide, environment variables)."',
    ),
    sids("statements"),
    Rule(
        "statements",
        "alltrue(flatten([for statement in var.statements : [for resource in statement.resources : "
        '[for name in flatten(regexall("\\\\{([^{}]*)\\\\}", replace(resource, "/\\\\$\\\\{[^{}]*\\\\}/", ""))) : '
        'contains(["region", "account_id"], name)]]]))',
        '"statements[*].resources[*]: must have no other placeholders than {region} and {account_id} (Latitude)."',
    ),
    Rule(
        "private_ingress",
        "var.private_ingress == null ? true : (var.private_ingress.vpc_endpoint_id == null) != "
        "(var.private_ingress.subnet_ids == null)",
        '"private_ingress.vpc_endpoint_id: exactly one of vpc_endpoint_id and subnet_ids must be set (App Runner '
        'CreateVpcIngressConnection)."',
    ),
    Rule(
        "encryption",
        '!can(regex(":key/mrk-", var.encryption.key.arn))',
        '"encryption.key.arn: must not be a multi-Region key (App Runner CreateService KmsKey)."',
    ),
]
