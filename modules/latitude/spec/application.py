"""The application: everything that a user states."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Annotated, Literal

from latitude.spec.account import Account
from latitude.spec.addresses import collisions
from latitude.spec.app_runner import APP_RUNNER
from latitude.spec.aws_names import AwsNames
from latitude.spec.base import Part, fault, rule
from latitude.spec.domain import domain_faults
from latitude.spec.faults import Fault, raise_if_any
from latitude.spec.github_roles import GithubRoles
from latitude.spec.image import EcrImage, Image
from latitude.spec.limits import Length
from latitude.spec.mappings import key_faults
from latitude.spec.names import ApplicationName
from latitude.spec.network import connector_faults
from latitude.spec.policy_sizes import policy_faults
from latitude.spec.registry import Registry
from latitude.spec.roles import RoleSettings
from latitude.spec.runs import pipeline_faults, run_faults
from latitude.spec.service import Service
from latitude.spec.stack_names import StackNames
from latitude.spec.state import LocalState, State
from latitude.spec.state_bucket import RegionName
from latitude.spec.table import Table
from latitude.spec.tags import IgnoredTags, Tags, default_tags, route_53_faults, route_53_tags
from latitude.spec.tokens import is_token

if TYPE_CHECKING:
    from collections.abc import Iterator

    from latitude.spec.compute import ComputeRules
    from latitude.spec.domain import HostedZone


class Application(Part):
    """A web application in several regions. Constructing one checks all of it.

    Raises:
        InvalidDescriptionError: the description has faults, in any of its parts; the error has every one of them.

    """

    name: ApplicationName
    """The application's name, with which every name in AWS begins."""
    regions: Annotated[tuple[str, ...], Length(minimum=1, maximum=11, unit="regions", source="App Runner endpoints")]
    """The regions. The first is the home region: images are pushed and tables made there, then replicated."""
    services: tuple[Service, ...] = ()
    """The services."""
    tables: tuple[Table, ...] = ()
    """The tables."""
    registry: Registry = Registry()
    """Settings of the ECR repositories."""
    account: Account | None = None
    """The AWS account; unset: whichever Terraform's credentials belong to. State it for everything that matters: with
    the credentials of another account nothing is then read or made."""
    roles: RoleSettings = RoleSettings()
    """What the organization demands of every role that is made: a path, a permissions boundary."""
    state: State = LocalState()
    """Where Terraform keeps state."""
    pipeline: GithubRoles | None = None
    """The roles of a pipeline on GitHub, made in the stack ``NAME-pipeline``; unset: you make them, or need none."""
    layout: Literal["cells", "single"] = "cells"
    """``cells``: a state per region, so that no region's failure stops work in another; ``single``: one state."""
    draining: frozenset[str] = frozenset()
    """Regions that are taken out of DNS; their services go on running. It is the default of the Terraform variable
    ``draining`` of ``NAME-routing`` (layout ``single``: of ``NAME``), which drains without Python."""
    routing_region: RegionName | None = None
    """The region that ``NAME-routing`` leans on: where a bucket with ``{region}`` in its name keeps its state. It may
    be one that the application is not in. Unset: the second region, so that the home region can be drained while it is
    down; the home region, if there is no second."""
    former_regions: frozenset[str] = frozenset()
    """Regions that were taken out of ``regions`` and still have tables or repositories: Terraform needs their providers
    to destroy those. Take them out here too once registry and data have been applied."""
    tags: Tags = {}
    """Tags of everything. They win over Latitude's own, ``Application`` and ``ManagedBy``, in any spelling."""
    ignore_tags: IgnoredTags | None = None
    """Tags that somebody else gives to what is made here, and that Terraform leaves alone."""

    def _stated(self) -> None:
        raise_if_any(self.faults(self))

    @property
    def aws_names(self) -> AwsNames:
        """What the application's resources are called in AWS."""
        return AwsNames(self.name)

    @property
    def stack_names(self) -> StackNames:
        """What the application's stacks are called."""
        return StackNames(self.name)

    @property
    def stack_regions(self) -> dict[str, str]:
        """The stacks that are deployed, in their order, and the region that each belongs to."""
        names, home = self.stack_names, self.home_region
        if self.layout == "single":
            return {names.single: home}
        shared = {
            names.zone: any(zone.create for zone in self.hosted_zones),
            names.registry: bool(self.pulling_services),
            names.data: bool(self.tables),
        }
        cells = {names.cell(region): region for region in self.regions} if self.services else {}
        routing = {names.routing: self.leaning_region} if self.routes else {}
        return {**{name: home for name, there in shared.items() if there}, **cells, **routing}

    @property
    def runs_on(self) -> ComputeRules:
        """What runs the services; today all of them run on the same."""
        return APP_RUNNER

    @property
    def home_region(self) -> str:
        """The region where images are pushed and tables are made."""
        return self.regions[0]

    @property
    def leaning_region(self) -> str:
        """The region that the stack of the latency records leans on."""
        if self.routing_region is not None:
            return self.routing_region
        return self.regions[min(1, len(self.regions) - 1)]

    @property
    def serving_regions(self) -> tuple[str, ...]:
        """The regions that DNS leads to."""
        return tuple(region for region in self.regions if region not in self.draining)

    @property
    def repository_services(self) -> tuple[Service, ...]:
        """The services that have an ECR repository of their own."""
        return tuple(service for service in self.services if isinstance(service.image, Image))

    @property
    def pulling_services(self) -> tuple[Service, ...]:
        """The services that run an image from ECR, and so need a role that pulls it."""
        return tuple(service for service in self.services if isinstance(service.image, Image | EcrImage))

    @property
    def routes(self) -> bool:
        """Whether a service has a domain, so that there are latency records."""
        return any(service.domain is not None for service in self.services)

    @property
    def hosted_zones(self) -> tuple[HostedZone, ...]:
        """The hosted zones that services' domains are in, each once."""
        domains = [service.domain for service in self.services if service.domain is not None]
        return tuple({domain.hosted_zone.name: domain.hosted_zone for domain in domains}.values())

    @property
    def dns_account(self) -> Account | None:
        """The account of the hosted zones, where one is stated for them."""
        return next((zone.account for zone in self.hosted_zones), None)

    @property
    def default_tags(self) -> dict[str, str]:
        """The tags of everything that the application makes."""
        return default_tags(self.name, self.tags, [service.tags for service in self.services])

    @rule
    def _route_53_takes_the_tags(self) -> Iterator[Fault]:
        """Give at most as many tags as health checks and hosted zones can have: 10 with Latitude's own."""
        if self.routes:
            yield from route_53_faults(route_53_tags(self.default_tags), "health checks and hosted zones")

    @rule
    def _regions_exist(self) -> Iterator[Fault]:
        """Name regions that have what runs the services."""
        for index, region in enumerate(self.regions):
            if not is_token(region) and region not in self.runs_on.regions:
                yield fault(
                    "regions",
                    index,
                    message=f"must be one of {', '.join(self.runs_on.regions)}, got {region!r} "
                    f"({self.runs_on.regions_source})",
                )

    @rule
    def _regions_differ(self) -> Iterator[Fault]:
        """Name each region once."""
        for region, count in Counter(self.regions).items():
            if count > 1:
                yield fault(
                    "regions", message=f"must be different from each other, got {region!r} {count} times (Latitude)"
                )

    @rule
    def _draining(self) -> Iterator[Fault]:
        """Drain regions of the application, and not all of them."""
        for region in sorted(self.draining - set(self.regions)):
            yield fault(
                "draining",
                message=f"must be regions of the application ({', '.join(self.regions)}), got {region!r} (Latitude)",
            )
        if not self.serving_regions:
            yield fault(
                "draining",
                message=f"must leave a region that serves, got all of {', '.join(self.regions)} (Route 53)",
            )

    @rule
    def _former_regions(self) -> Iterator[Fault]:
        """Name only regions that have what runs the services, and that the application has left, as former."""
        for region in sorted(self.former_regions):
            if region not in self.runs_on.regions:
                yield fault(
                    "former_regions",
                    message=f"must be of {', '.join(self.runs_on.regions)}, got {region!r} "
                    f"({self.runs_on.regions_source})",
                )
            elif region in self.regions:
                yield fault(
                    "former_regions", message=f"must not be among the application's regions, got {region!r} (Latitude)"
                )

    @rule
    def _pipeline_has_the_runs(self) -> Iterator[Fault]:
        """Give roles to a pipeline only where it runs Terraform itself: with ``CloudState`` HCP Terraform does."""
        yield from pipeline_faults(self)

    @rule
    def _role_has_runs(self) -> Iterator[Fault]:
        """Give HCP Terraform's runs a role only where there is a stack that they are of: with services or tables."""
        yield from run_faults(self)

    @rule
    def _names_differ(self) -> Iterator[Fault]:
        """Give services, tables, indexes, secrets, zones and policies names of their own, as Terraform writes them."""
        yield from collisions(self)

    @rule
    def _keys_differ(self) -> Iterator[Fault]:
        """Give no mapping two keys that are the same after Unicode normalization."""
        yield from key_faults(self)

    @rule
    def _service_names_fit(self) -> Iterator[Fault]:
        """Keep APPLICATION-SERVICE within 4 to 40 characters."""
        for index, service in enumerate(self.services):
            full, kind = self.aws_names.service(service), service.runs_on
            if not kind.min_name_length <= len(full) <= kind.max_name_length:
                yield fault(
                    "services",
                    index,
                    "name",
                    message=f"must make APPLICATION-SERVICE {kind.min_name_length} to {kind.max_name_length} "
                    f"characters, got {len(full)}: {full!r} ({kind.name_source})",
                )

    @rule
    def _zones_agree(self) -> Iterator[Fault]:
        """State a hosted zone in the same way wherever a domain is in it."""
        for index, service in enumerate(self.services):
            if service.domain is None or service.domain.hosted_zone in self.hosted_zones:
                continue
            yield fault(
                "services",
                index,
                "domain",
                "hosted_zone",
                message=f"must be stated as for the other domains in {service.domain.hosted_zone.name}, "
                f"got {service.domain.hosted_zone!r} (Latitude)",
            )

    @rule
    def _zones_in_one_account(self) -> Iterator[Fault]:
        """Have all hosted zones in one account: a stack has one provider for Route 53."""
        for index, service in enumerate(self.services):
            if service.domain is None or service.domain.hosted_zone not in self.hosted_zones:
                continue
            if service.domain.hosted_zone.account != self.dns_account:
                yield fault(
                    "services",
                    index,
                    "domain",
                    "hosted_zone",
                    "account",
                    message="must be stated as for the application's other hosted zones, got "
                    f"{service.domain.hosted_zone.account!r} beside {self.dns_account!r} (Latitude)",
                )

    @rule
    def _domains_differ(self) -> Iterator[Fault]:
        """Give each service domain names of its own, and each of their regions too."""
        domains = [service.domain for service in self.services if service.domain is not None]
        yield from domain_faults(domains, self.regions)

    @rule
    def _connectors_differ(self) -> Iterator[Fault]:
        """Name the subnets and security groups of a VPC connector for one service alone."""
        yield from connector_faults(self.services, self.regions)

    @rule
    def _policies_fit(self) -> Iterator[Fault]:
        """Keep within AWS's quotas the policies of roles, buckets, repositories and tables that follow from it all."""
        yield from policy_faults(self)

    @rule
    def _images_stay_and_are_deployed(self) -> Iterator[Fault]:
        """Let no image expire that runs, and deploy automatically only what can change."""
        yield from self.registry.image_faults(self.services)
