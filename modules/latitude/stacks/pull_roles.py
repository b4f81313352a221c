"""The roles with which App Runner pulls images, made well before the services that use them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from latitude.constructs.pull_role import PullRole, pull_role_name
from latitude.spec import EcrImage
from latitude.spec.names import terraform_name
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
                f"{terraform_name(service.name)}_{identifier(region)}_pull",
                provider=provider,
                name=pull_role_name(f"{application.name}-{service.name}", region),
                repository_arn=f"arn:aws:ecr:{region}:{registry}:repository/{repository}",
            )


def pull_role_arns(application: Application, *, region: str, account_id: str) -> dict[str, str]:
    """Return the ARNs of the access roles of one region, by service: known from their names."""
    return {
        service.name: f"arn:aws:iam::{account_id}:role/{pull_role_name(f'{application.name}-{service.name}', region)}"
        for service in application.pulling_services
    }


def _repository(application: Application, service: Service, account_id: str) -> tuple[str, str]:
    if isinstance(service.image, EcrImage):
        registry = account_id if service.image.registry_id is None else service.image.registry_id
        return registry, service.image.repository
    return account_id, f"{application.name}/{service.name}"
