"""What an application takes for itself in AWS, in DNS and where state is kept: nothing else can have the same name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from latitude.spec.aws_names import repository_key_alias, table_key_alias
from latitude.spec.cloud_state import CloudState
from latitude.spec.every_stack import every_stack
from latitude.spec.github_roles import GITHUB_ISSUER
from latitude.spec.image import Image
from latitude.spec.s3_state import S3State

if TYPE_CHECKING:
    from collections.abc import Iterator

    from latitude.spec.application import Application
    from latitude.spec.encryption import CustomerManagedKey
    from latitude.spec.service import Service


@dataclass(frozen=True, kw_only=True)
class Taken:
    """A name of a kind of thing, in a Region or, as IAM has it, in all of them."""

    kind: str
    """With its article, as in a sentence."""
    name: str
    region: str | None = None
    everywhere: bool = False
    """Whether no other account can have it either."""


def taken(application: Application) -> Iterator[Taken]:
    """Yield everything of which there can be one: in an account, in one of its Regions, or anywhere."""
    for service in application.services:
        yield from _of_account(application, service)
        for region in application.regions:
            yield from (Taken(kind=kind, name=name, region=region) for kind, name in _of(application, service, region))
    names = application.aws_names
    for region in application.regions:
        for table in application.tables:
            name = names.table(table)
            yield Taken(kind="a table", name=name, region=region)
            if _makes_key(table.encryption):
                yield Taken(kind="a KMS alias", name=table_key_alias(name), region=region)
    yield from _of_domains(application)
    yield from _of_state(application)
    yield from _of_pipelines(application)


def _of_account(application: Application, service: Service) -> Iterator[Taken]:
    names = application.aws_names
    for region in application.regions:
        if service.instance_role_arn is None:
            yield Taken(kind="a role", name=names.instance_role(service, region))
        if service in application.pulling_services:
            yield Taken(kind="a role", name=names.pull_role(service, region))


def _of(application: Application, service: Service, region: str) -> Iterator[tuple[str, str]]:
    names = application.aws_names
    yield "an App Runner service", names.service(service)
    yield "an auto scaling configuration", names.short(service)
    if service.tracing:
        yield "an observability configuration", names.short(service)
    if service.vpc is not None:
        access = service.vpc[region]
        yield "a VPC connector", names.vpc_connector(service, access)
        if access.security_group_ids is not None:
            yield "a set of subnets and security groups", access.content
    if service.private_ingress is not None:
        yield "a VPC ingress connection", names.service(service)
    if service.source is not None and service.source.connection.arns is None:
        yield "a connection", names.connection(service, service.source.connection.provider_type)
    if _makes_key(service.encryption):
        yield "a KMS alias", names.service_key_alias(service)
    if isinstance(service.image, Image):
        repository = names.repository(service)
        yield "a repository", repository
        if _makes_key(application.registry.encryption):
            yield "a KMS alias", repository_key_alias(repository)


def _makes_key(key: CustomerManagedKey | None) -> bool:
    return key is not None and key.arns is None


def _of_domains(application: Application) -> Iterator[Taken]:
    for service in application.services:
        if service.domain is None:
            continue
        yield from (Taken(kind="a domain", name=name, everywhere=True) for name in service.domain.names)
        for region in application.regions:
            for _, name in service.domain.roles_in(region):
                yield Taken(kind="a record set", name=name, everywhere=True)


def _of_state(application: Application) -> Iterator[Taken]:
    state, names = application.state, application.aws_names
    stacks = application.stack_regions
    if isinstance(state, CloudState):
        for stack in stacks:
            place = f"{state.hostname}/{state.organization}/{state.workspace_for(stack)}"
            yield Taken(kind="a workspace of HCP Terraform", name=place, everywhere=True)
    elif isinstance(state, S3State):
        apart = dict.fromkeys(every_stack(application), state.regions(application)[0])
        for stack, region in {**apart, **stacks}.items():
            place = f"s3://{state.bucket_in(region)}/{state.key_of(stack, application)}"
            yield Taken(kind="a state", name=place, everywhere=True)
        for region in state.regions(application) if state.create is not None else ():
            yield Taken(kind="a bucket", name=state.bucket_in(region), everywhere=True)
            yield Taken(kind="a KMS alias", name=names.state_key_alias, region=region)
            if state.create is not None and state.create.replica_region is not None:
                yield Taken(kind="a bucket", name=state.replica_of(region), everywhere=True)
                yield Taken(kind="a role", name=names.state_replication_role(region))
                alias = names.replica_key_alias(region)
                yield Taken(kind="a KMS alias", name=alias, region=state.create.replica_region)


def _of_pipelines(application: Application) -> Iterator[Taken]:
    names, state = application.aws_names, application.state
    if application.pipeline is not None:
        yield from (Taken(kind="a role", name=name) for name in application.pipeline.role_names(application))
        if application.pipeline.oidc_provider_arn is None:
            yield Taken(kind="an OIDC provider", name=GITHUB_ISSUER)
    workspaces = state.workspaces if isinstance(state, CloudState) else None
    if workspaces is not None and workspaces.role is not None and isinstance(state, CloudState):
        yield from (Taken(kind="a role", name=names.hcp_role(phase)) for phase in ("plan", "apply"))
        if workspaces.role.oidc_provider_arn is None:
            yield Taken(kind="an OIDC provider", name=state.hostname)
