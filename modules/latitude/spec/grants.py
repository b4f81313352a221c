"""What a service's code may do in AWS: the statements of its instance role, in one region.

Constructs make the policy of them; with ARNs of the right length, the description's own rule measures it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from latitude.spec.aws_names import arns_of_table
from latitude.spec.environment import SsmParameter
from latitude.spec.iam import IamStatement, merged
from latitude.spec.names import content_hash
from latitude.spec.partition import make_arn
from latitude.spec.permissions import Condition

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from latitude.spec.application import Application
    from latitude.spec.environment import SecretsManagerSecret
    from latitude.spec.permissions import TableAccess
    from latitude.spec.service import Service

_ACCOUNT: Final = "123456789012"
_READ: Final = (
    "dynamodb:BatchGetItem",
    "dynamodb:ConditionCheckItem",
    "dynamodb:DescribeTable",
    "dynamodb:GetItem",
    "dynamodb:Query",
    "dynamodb:Scan",
)
_WRITE: Final = (
    "dynamodb:BatchWriteItem",
    "dynamodb:DeleteItem",
    "dynamodb:DescribeTable",
    "dynamodb:PutItem",
    "dynamodb:UpdateItem",
)
_ACTIONS: Final = {"read": _READ, "write": _WRITE, "read_write": tuple(sorted({*_READ, *_WRITE}))}
# What a caller needs for a table under a customer-managed key (DynamoDB Developer Guide, encryption at rest).
_KEY_ACTIONS: Final = ("kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*")
# What the X-Ray SDK and the collector call (AWS managed policy AWSXRayDaemonWriteAccess).
_TRACING: Final = IamStatement(
    sid="Tracing",
    actions=(
        "xray:GetSamplingRules",
        "xray:GetSamplingStatisticSummaries",
        "xray:GetSamplingTargets",
        "xray:PutTelemetryRecords",
        "xray:PutTraceSegments",
    ),
    resources=("*",),
)


@dataclass(frozen=True, kw_only=True)
class LocalTable:
    """A table's replica in one region, as a service of that region sees it."""

    name: str
    arn: str
    has_indexes: bool
    key_arn: str | None


@dataclass(frozen=True, kw_only=True)
class LocalSecret:
    """A secret in one region: what App Runner is told, and what the instance role must be allowed."""

    value_from: str
    arn: str
    action: str
    key_arn: str | None


def instance_statements(
    service: Service,
    *,
    region: str,
    account_id: str,
    tables: Mapping[str, LocalTable],
    secrets: Iterable[LocalSecret],
) -> list[IamStatement]:
    """Return the statements of a service's instance role in a region: its tables, secrets and traces, then its own."""
    generated = [
        *(
            statement
            for access in service.tables
            if access.table in tables
            for statement in _table_statements(access, tables[access.table], region)
        ),
        *_secret_statements(list(secrets), region),
        *([_TRACING] if service.tracing else []),
    ]
    return [*merged(generated), *_own_statements(service, region, account_id)]


def role_statements(service: Service, application: Application, region: str) -> list[IamStatement]:
    """Return the same statements with an account, secrets and keys that stand for those which only AWS knows."""
    names = application.aws_names
    return instance_statements(
        service,
        region=region,
        account_id=_ACCOUNT,
        tables={
            table.name: LocalTable(
                name=names.table(table),
                arn=arns_of_table(names.table(table), account_id=_ACCOUNT, regions=[region])[region],
                has_indexes=bool(table.global_indexes or table.local_indexes),
                key_arn=None if table.encryption is None else _key_arn(table.encryption.arns, region, table.name),
            )
            for table in application.tables
        },
        secrets=[_some_secret(secret, region) for secret in service.secrets.values()],
    )


def _some_secret(secret: SecretsManagerSecret | SsmParameter, region: str) -> LocalSecret:
    of_parameter = isinstance(secret, SsmParameter)
    kind = "ssm" if of_parameter else "secretsmanager"
    resource = f"parameter/{secret.name}" if of_parameter else f"secret:{secret.name}-{'x' * 6}"
    some = make_arn(kind, resource, region=region, account_id=_ACCOUNT)
    return LocalSecret(
        value_from="",
        arn=some if secret.arns is None else secret.arns.get(region, some),
        action="ssm:GetParameters" if of_parameter else "secretsmanager:GetSecretValue",
        key_arn=None if secret.kms_key_arns is None else _key_arn(secret.kms_key_arns, region, ""),
    )


def _key_arn(arns: Mapping[str, str] | None, region: str, of: str) -> str:
    # 36 digits, as a key's id has.
    made = make_arn("kms", f"key/{content_hash(of) * 6}", region=region, account_id=_ACCOUNT)
    return made if arns is None else arns.get(region, made)


def _own_statements(service: Service, region: str, account_id: str) -> Iterator[IamStatement]:
    for statement in service.statements:
        yield IamStatement(
            sid=statement.sid,
            effect=statement.effect,
            actions=statement.actions,
            resources=[
                resource.replace("{region}", region).replace("{account_id}", account_id)
                for resource in statement.resources
            ],
            conditions=statement.conditions,
        )


def _table_statements(access: TableAccess, table: LocalTable, region: str) -> Iterator[IamStatement]:
    """Yield the statements for one table: actions on it and its indexes, and the use of its key through DynamoDB."""
    sid = "".join(letter for letter in access.table.title() if letter.isalnum())
    resources = [table.arn, f"{table.arn}/index/*"] if table.has_indexes else [table.arn]
    yield IamStatement(sid=f"Table{sid}", actions=_ACTIONS[access.access], resources=resources)
    if table.key_arn is not None:
        through = Condition(
            test="StringEquals", variable="kms:ViaService", values=(f"dynamodb.{region}.amazonaws.com",)
        )
        yield IamStatement(sid=f"Key{sid}", actions=_KEY_ACTIONS, resources=[table.key_arn], conditions=[through])


def _secret_statements(secrets: list[LocalSecret], region: str) -> Iterator[IamStatement]:
    """Yield the statements that let the service read just these secrets."""
    for action in ("secretsmanager:GetSecretValue", "ssm:GetParameters"):
        arns = dict.fromkeys(secret.arn for secret in secrets if secret.action == action)
        if arns:
            yield IamStatement(sid=action.partition(":")[2], actions=[action], resources=list(arns))
    keys = [(secret.key_arn, secret.action) for secret in secrets if secret.key_arn is not None]
    if keys:
        services = sorted({f"{action.partition(':')[0]}.{region}.amazonaws.com" for _, action in keys})
        yield IamStatement(
            sid="DecryptSecrets",
            actions=["kms:Decrypt"],
            resources=list(dict.fromkeys(arn for arn, _ in keys)),
            # The key may encrypt more than secrets (AWS KMS Developer Guide, kms:ViaService).
            conditions=[Condition(test="StringEquals", variable="kms:ViaService", values=tuple(services))],
        )
