"""The application's ECR repositories in every region, and the rule that copies between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from latitude.bindings import Construct
from latitude.constructs.capability import ITSELF, Capability
from latitude.constructs.registry.replication import Replication
from latitude.constructs.registry.repository import Repository
from latitude.spec.addresses import beginning
from latitude.spec.regions import identifier
from latitude.spec.replication import copies_of, leaves_rules
from latitude.stacks.pull_roles import make_pull_roles
from latitude.stacks.stack import LatitudeStack

if TYPE_CHECKING:
    from collections.abc import Sequence

    from latitude.spec import Application
    from latitude.stacks.outputs import Outputs

Repositories = dict[str, dict[str, Repository]]
"""The repositories, by region and service."""


class RegistryStack(LatitudeStack):
    """The stack ``NAME-registry``: repositories and the roles that pull from them, before the first image is pushed."""

    def __init__(self, scope: Construct, id: str, *, application: Application, program: Sequence[Application]) -> None:
        super().__init__(
            scope,
            id,
            application=application,
            regions=application.regions,
            former_regions=sorted(application.former_regions),
        )
        account_id = self.account_id(self.providers[application.home_region])
        self.outputs(repository_outputs(make_repositories(self, account_id, program=program)))
        make_pull_roles(self, account_id)


def repository_outputs(repositories: Repositories) -> Outputs:
    """Return the repositories' outputs."""
    urls = {region: {name: made.url for name, made in found.items()} for region, found in repositories.items()}
    description = "The URL of each service's repository, by region; push to the home region's"
    return {"repository_urls": (urls, description)} if any(urls.values()) else {}


def make_repositories(stack: LatitudeStack, account_id: str, *, program: Sequence[Application]) -> Repositories:
    """Make the repositories, by region and service, and the replication that is the application's in its program."""
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
    copies = copies_of(application, program)
    if copies:
        (prefix, destinations), *others = copies.items()
        Replication(
            stack,
            "images",
            provider=stack.providers[home],
            account_id=account_id,
            prefix=prefix,
            destinations=destinations,
            others=dict(others),
            after=[made.repository for found in repositories.values() for made in found.values()],
        )
    elif leaves_rules(application, program):
        # Destroyed, it would take everybody's rules with it.
        Capability(stack, "images", provider=stack.providers[home]).leave("aws_ecr_replication_configuration", ITSELF)
    return repositories
