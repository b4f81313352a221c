"""The application's ECR repositories in every region, and the rule that copies between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from latitude.bindings import Construct
from latitude.constructs.registry.replication import Replication
from latitude.constructs.registry.repository import Repository
from latitude.spec.addresses import beginning
from latitude.spec.regions import identifier
from latitude.stacks.pull_roles import make_pull_roles
from latitude.stacks.stack import LatitudeStack

if TYPE_CHECKING:
    from latitude.spec import Application
    from latitude.stacks.outputs import Outputs

Repositories = dict[str, dict[str, Repository]]
"""The repositories, by region and service."""


class RegistryStack(LatitudeStack):
    """The stack ``NAME-registry``: repositories and the roles that pull from them, before the first image is pushed."""

    def __init__(self, scope: Construct, id: str, *, application: Application) -> None:
        super().__init__(
            scope,
            id,
            application=application,
            regions=application.regions,
            former_regions=sorted(application.former_regions),
        )
        account_id = self.account_id(self.providers[application.home_region])
        self.outputs(repository_outputs(make_repositories(self, account_id)))
        make_pull_roles(self, account_id)


def repository_outputs(repositories: Repositories) -> Outputs:
    """Return the repositories' outputs."""
    urls = {region: {name: made.url for name, made in found.items()} for region, found in repositories.items()}
    description = "The URL of each service's repository, by region; push to the home region's"
    return {"repository_urls": (urls, description)} if any(urls.values()) else {}


def make_repositories(stack: LatitudeStack, account_id: str) -> Repositories:
    """Make the repositories, by region and service, and the replication that the spec asks for."""
    application = stack.application
    home = application.home_region
    scope = Construct(stack, "repositories")
    repositories = {
        region: {
            service.name: Repository(
                scope,
                f"{beginning(service.name)}_{identifier(region)}",
                spec=application.registry,
                provider=provider,
                region=region,
                name=application.aws_names.repository(service),
                force_delete=service.force_delete,
                tags=service.tags,
            )
            for service in application.repository_services
        }
        for region, provider in stack.providers.items()
    }
    replicated = application.repository_services and len(application.regions) > 1
    if application.registry.replication == "managed" and replicated:
        Replication(
            stack,
            "images",
            provider=stack.providers[home],
            account_id=account_id,
            prefix=application.aws_names.repository_prefix,
            destinations=application.regions[1:],
            after=[made.repository for found in repositories.values() for made in found.values()],
        )
    return repositories
