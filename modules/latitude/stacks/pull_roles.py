"""The roles with which services' images are pulled, made well before the services that use them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from latitude.constructs.compute.kinds import kind_of
from latitude.constructs.identity.pull_role import PullRole
from latitude.spec import EcrImage
from latitude.spec.addresses import beginning
from latitude.spec.aws_names import repository_arn, role_arn
from latitude.spec.regions import identifier

if TYPE_CHECKING:
    from latitude.spec import Application, Service
    from latitude.stacks.stack import LatitudeStack


def make_pull_roles(stack: LatitudeStack, account_id: str) -> None:
    """Make an access role per region and service that runs an image from ECR; see ``PullRole`` for why here."""
    application = stack.application
    for region, provider in stack.providers.items():
        for service in application.pulling_services:
            registry, repository = _repository(application, service, account_id)
            PullRole(
                stack,
                f"{beginning(service.name)}_{identifier(region)}_pull",
                provider=provider,
                name=application.aws_names.pull_role(service, region),
                principal=kind_of(service).pull_principal,
                settings=application.roles,
                tags=service.tags,
                repository_arn=repository_arn(repository, registry_id=registry, region=region),
            )


def pull_role_arns(application: Application, *, region: str, account_id: str) -> dict[str, str]:
    """Return the ARNs of the access roles of one region, by service: known from their names."""
    return {
        service.name: role_arn(
            application.aws_names.pull_role(service, region), account_id=account_id, path=application.roles.path
        )
        for service in application.pulling_services
    }


def _repository(application: Application, service: Service, account_id: str) -> tuple[str, str]:
    if isinstance(service.image, EcrImage):
        registry = account_id if service.image.registry_id is None else service.image.registry_id
        return registry, service.image.repository
    return account_id, application.aws_names.repository(service)
