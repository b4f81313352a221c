"""Terraform addresses that follow from names in the description: the one place that makes them, and compares them.

An address is a contract (docs/adr/0003-addresses.md). Two parts with one address would be one resource, so that the
description is refused, with the names that it has.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from latitude.spec.base import fault
from latitude.spec.cloud_state import CloudState
from latitude.spec.environment import SecretsManagerSecret
from latitude.spec.faults import shown
from latitude.spec.image import EcrImage, Image
from latitude.spec.names import terraform_name
from latitude.spec.regions import identifier

if TYPE_CHECKING:
    from collections.abc import Iterator

    from latitude.spec.application import Application
    from latitude.spec.faults import Fault, Location
    from latitude.spec.github_roles import GithubRoles
    from latitude.spec.service import Service
    from latitude.spec.table import Table
    from latitude.spec.workspaces import RunRole

_POLICY = ":policy/"


@dataclass(frozen=True)
class Address:
    """An address, with the name that it is made from and the field that states the name.

    Those of one ``kind`` would be in each other's way: they are of one type of resource, in one stack.
    """

    kind: str
    address: str
    name: str
    location: Location

    @property
    def compared(self) -> str:
        """What differs from that of every other: a service's name is in those of roles, where case does not count."""
        return self.address.lower() if self.kind == "service" else self.address


def beginning(name: str) -> str:
    """Return a name as the beginning of an address: one that begins with a digit gets ``_`` in front (Terraform)."""
    address = terraform_name(name)
    return f"_{address}" if address[:1].isdigit() else address


def zone(name: str) -> str:
    """Return the address of the hosted zone of that name."""
    return f"zone_{terraform_name(name)}"


def attachment(policy_arn: str) -> str:
    """Return the end of the address that attaches a managed policy to a role."""
    return terraform_name(policy_arn.partition(_POLICY)[2])


def image(version: str, region: str) -> str:
    """Return the end of the address that reads an image: the provider's error for a missing one names nothing else."""
    return terraform_name(f"{version}_in_{region}")


def collisions(application: Application) -> Iterator[Fault]:
    """Yield a fault for each address that two parts of the description would have, at the last field that names it."""
    found: dict[tuple[str, str], list[Address]] = {}
    for each in _addresses(application):
        found.setdefault((each.kind, each.compared), []).append(each)
    reported: set[Location] = set()
    for same in found.values():
        last = same[-1]
        # Whatever else two services or tables of one name have in common needs no words of its own.
        if len(same) > 1 and reported.isdisjoint({last.location, (*last.location[:2], "name")}):
            reported.add(last.location)
            names = ", ".join(shown(each.name) for each in same)
            yield fault(
                *last.location,
                message=f"must have names of their own, also as {last.address}, got {names} "
                "(Latitude: a name is part of a Terraform address, in letters, digits and _)",
            )


def _addresses(application: Application) -> Iterator[Address]:
    for position, service in enumerate(application.services):
        yield Address("service", beginning(service.name), service.name, ("services", position, "name"))
        for region in application.regions:
            suffix = f"_{identifier(region)}" if application.layout == "single" else ""
            yield from _of_service(service, position, f"{beginning(service.name)}{suffix}", region)
    for position, table in enumerate(application.tables):
        yield Address("table", beginning(table.name), table.name, ("tables", position, "name"))
        for region in application.regions:
            yield from _of_table(table, position, f"{beginning(table.name)}_{identifier(region)}")
    for name, position in _zones(application).items():
        yield Address("zone", zone(name), name, ("services", position, "domain", "hosted_zone", "name"))
    for location, arns in _policies(application):
        for position, arn in enumerate(arns):
            yield Address(str(location), attachment(arn), arn, (*location, position))


def _of_service(service: Service, position: int, address: str, region: str) -> Iterator[Address]:
    for variable, secret in service.secrets.items():
        if isinstance(secret, SecretsManagerSecret) and secret.name is not None:
            where = ("services", position, "secrets", variable)
            yield Address(f"secret {region}", f"{address}_secret_{terraform_name(variable)}", variable, where)
    if isinstance(service.image, Image | EcrImage):
        version = service.image.digest if service.image.tag is None else service.image.tag
        yield Address(
            f"image {region}",
            f"{address}_image_{image(str(version), region)}",
            str(version),
            ("services", position, "image"),
        )


def _of_table(table: Table, position: int, address: str) -> Iterator[Address]:
    used = {"insights": table.contributor_insights, "scaling": table.provisioned is not None}
    for kind in (name for name, is_used in used.items() if is_used):
        end = "_read" if kind == "scaling" else ""
        yield Address(kind, f"{address}_{kind}{end}", table.name, ("tables", position, "name"))
        for number, index in enumerate(table.global_indexes):
            location = ("tables", position, "global_indexes", number, "name")
            yield Address(kind, f"{address}_{kind}_{terraform_name(index.name)}{end}", index.name, location)


def _zones(application: Application) -> dict[str, int]:
    """Return the names of the hosted zones, each with the first service whose domain is in it."""
    found: dict[str, int] = {}
    for position, service in enumerate(application.services):
        if service.domain is not None:
            found.setdefault(service.domain.hosted_zone.name, position)
    return found


def _policies(application: Application) -> Iterator[tuple[Location, tuple[str, ...]]]:
    roles: list[tuple[Location, GithubRoles | RunRole]] = []
    if application.pipeline is not None:
        roles.append((("pipeline",), application.pipeline))
    state = application.state
    if isinstance(state, CloudState) and state.workspaces is not None and state.workspaces.role is not None:
        roles.append((("state", "workspaces", "role"), state.workspaces.role))
    for location, role in roles:
        yield (*location, "policy_arns"), role.policy_arns
        yield (*location, "plan_policy_arns"), role.plan_policy_arns or ()
