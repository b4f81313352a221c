"""Whether the policies that a description makes fit into AWS's quotas, those of a service's own role apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from latitude.spec.assumed_roles import assume_statements
from latitude.spec.aws_names import arns_of_table
from latitude.spec.base import fault
from latitude.spec.cloud_state import HCP_AUDIENCE, CloudState
from latitude.spec.github_roles import GITHUB_AUDIENCE, GITHUB_ISSUER
from latitude.spec.iam import (
    MAX_INLINE_POLICY_LENGTH,
    MAX_TRUST_POLICY_LENGTH,
    IamStatement,
    oidc_trust,
    policy_length,
)
from latitude.spec.partition import make_arn
from latitude.spec.plan_policy import PLAN_READS
from latitude.spec.s3_state import S3State
from latitude.spec.state_access import StateAccess

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from latitude.spec.application import Application
    from latitude.spec.faults import Fault
    from latitude.spec.github_roles import GithubRoles
    from latitude.spec.table import Table

_ACCOUNT: Final = "123456789012"
_KEY_ID: Final = "11111111-2222-4333-8444-555555555555"
_JOBS: Final = {"plan": "plans", "apply": "applies"}
_MAX_TABLE_POLICY_BYTES: Final = 20480
_MAX_BUCKET_PRINCIPALS_LENGTH: Final = 17500
"""What a bucket policy of 20 KB leaves beside its other statements, with the longest name of a bucket."""
_MAX_PULL_PRINCIPALS_LENGTH: Final = 9900
"""What a repository policy of 10,240 characters leaves beside its actions (ECR SetRepositoryPolicy)."""


def policy_faults(application: Application) -> Iterator[Fault]:
    """Yield what is too long for a role's trust or its inline policies, a bucket's, a repository's or a table's."""
    state = application.state
    if application.pipeline is not None:
        yield from _pipeline(application, application.pipeline)
    if isinstance(state, CloudState):
        yield from _runs(application, state)
    if isinstance(state, S3State) and state.create is not None:
        length = _listed(state.create.principals)
        if length > _MAX_BUCKET_PRINCIPALS_LENGTH:
            yield fault(
                "state",
                "create",
                "principals",
                message=f"must be at most {_MAX_BUCKET_PRINCIPALS_LENGTH} characters together, got {length}; use * "
                "where they begin alike (Amazon S3 User Guide: a bucket policy of 20 KB)",
            )
    if application.registry.pull_principals is not None:
        length = _listed(application.registry.pull_principals)
        if length > _MAX_PULL_PRINCIPALS_LENGTH:
            yield fault(
                "registry",
                "pull_principals",
                message=f"must be at most {_MAX_PULL_PRINCIPALS_LENGTH} characters together, got {length}; name "
                "accounts in place of their roles (ECR SetRepositoryPolicy: a policy of 10,240 characters)",
            )
    for index, table in enumerate(application.tables):
        length = policy_length(_table_statements(table, application), white_space=True) if table.resource_policy else 0
        if length > _MAX_TABLE_POLICY_BYTES:
            yield fault(
                "tables",
                index,
                "resource_policy",
                message=f"must make a policy of at most {_MAX_TABLE_POLICY_BYTES} bytes, white space counted, got "
                f"about {length}; name accounts in place of their roles, and * where actions begin alike (DynamoDB "
                "Developer Guide, resource-based policies)",
            )


def _pipeline(application: Application, spec: GithubRoles) -> Iterator[Fault]:
    given = spec.oidc_provider_arn
    issuer = _oidc_provider(GITHUB_ISSUER) if given is None else given
    for phase, subjects, conditions in (
        ("plan", spec.subjects_of_plans(), spec.conditions_of_plans()),
        ("apply", spec.subjects_of_applies(), spec.conditions_of_applies()),
    ):
        trust = oidc_trust(
            issuer_arn=issuer,
            hostname=GITHUB_ISSUER,
            audience=GITHUB_AUDIENCE,
            subjects=subjects,
            conditions=conditions,
        )
        yield from _trust_faults(trust, ("pipeline", f"{phase}_subjects"), phase, "fewer or shorter subjects")
    if not isinstance(application.state, S3State):
        return
    access = _access(application, application.state)
    reads = [PLAN_READS] if spec.plan_policy_arns is None else []
    assume = assume_statements(application)
    for phase, own in (
        ("plan", [reads, access.statements(writes=False), assume]),
        ("apply", [access.statements(writes=True), assume]),
    ):
        length = sum(policy_length(statements) for statements in own if statements)
        if length > MAX_INLINE_POLICY_LENGTH:
            yield fault(
                "pipeline",
                message=f"must leave the role for {_JOBS[phase]} inline policies of at most {MAX_INLINE_POLICY_LENGTH} "
                f"characters, got about {length} for the states of {len(application.stack_regions)} stacks; shorten "
                "state.bucket or state.key_prefix (IAM and STS quotas: inline policies of a role)",
            )


def _runs(application: Application, state: CloudState) -> Iterator[Fault]:
    role = None if state.workspaces is None else state.workspaces.role
    if role is None:
        return
    given = role.oidc_provider_arn
    trust = oidc_trust(
        issuer_arn=_oidc_provider(state.hostname) if given is None else given,
        hostname=state.hostname,
        audience=HCP_AUDIENCE,
        subjects=state.subjects_of("apply", application.stack_regions),
    )
    remedy = "shorter names of the workspaces or the project, or layout single"
    yield from _trust_faults(trust, ("state", "workspaces", "role"), "apply", remedy)


def _oidc_provider(hostname: str) -> str:
    return make_arn("iam", f"oidc-provider/{hostname}", account_id=_ACCOUNT)


def _trust_faults(trust: IamStatement, location: Sequence[str | int], phase: str, remedy: str) -> Iterator[Fault]:
    length = policy_length([trust])
    if length > MAX_TRUST_POLICY_LENGTH:
        yield fault(
            *location,
            message=f"must leave the role for {_JOBS[phase]} a trust policy of at most {MAX_TRUST_POLICY_LENGTH} "
            f"characters, got about {length}; state {remedy} (IAM and STS quotas: role trust policy length)",
        )


def _access(application: Application, state: S3State) -> StateAccess:
    if state.role_arn is not None:
        return StateAccess()
    if state.kms_key_arn is not None:
        keys: tuple[str, ...] = (state.kms_key_arn,)
    else:
        made = () if state.create is None else state.regions(application)
        keys = tuple(make_arn("kms", f"key/{_KEY_ID}", region=region, account_id=_ACCOUNT) for region in made)
    return StateAccess.to(state, application, application.stack_regions, keys=keys)


def _table_statements(table: Table, application: Application) -> list[IamStatement]:
    region = max(application.regions, key=len)
    name = application.aws_names.table(table)
    arn = arns_of_table(name, account_id=_ACCOUNT, regions=[region])[region]
    return [
        IamStatement(
            sid=statement.sid,
            effect=statement.effect,
            principal_type="AWS",
            principals=statement.principals,
            actions=statement.actions,
            resources=[arn, f"{arn}/index/*"] if table.global_indexes or table.local_indexes else [arn],
            conditions=statement.conditions,
        )
        for statement in table.resource_policy
    ]


def _listed(texts: Sequence[str]) -> int:
    """Return how long texts are as a list of JSON."""
    return sum(len(text) + len('"",') for text in texts)
