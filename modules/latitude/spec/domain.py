"""A domain name that leads every user to the nearest healthy region."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Annotated, Final

from latitude.spec.account import Account
from latitude.spec.base import Part, fault, rule
from latitude.spec.faults import shown
from latitude.spec.health import RegionHealthCheck
from latitude.spec.limits import Length, Pattern
from latitude.spec.tokens import is_token

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from latitude.spec.faults import Fault

_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_DOMAIN_NAME: Final = re.compile(rf"(?:{_LABEL}\.)+{_LABEL}")
DomainName = Annotated[
    str,
    Pattern(
        regex=rf"(?:{_LABEL}\.)+{_LABEL}",
        words="a domain name in lower case, without a dot at its end",
        source="RFC 1035; App Runner AssociateCustomDomain",
        shape="apprunner:AssociateCustomDomain.DomainName",
    ),
    Length(
        minimum=1,
        maximum=253,
        source="RFC 1035, 253 characters without the last dot; App Runner AssociateCustomDomain",
        shape="apprunner:AssociateCustomDomain.DomainName",
    ),
]
_LONGEST_WITH_WWW: Final = 249
_LONGEST_NAME: Final = 253
_LONGEST_REGION: Final = "ap-northeast-1"
_REGION_NAME_SOURCE: Final = "Latitude: a name for each region"


class HostedZone(Part):
    """The public hosted zone that has the domain's records: looked up, or made in a stack of its own."""

    name: DomainName
    """The zone's name."""
    zone_id: (
        Annotated[
            str,
            Pattern(regex=r"Z[A-Z0-9]+", words="a hosted zone id, Z…", source="Route 53 GetHostedZone"),
            Length(minimum=2, maximum=32, source="Route 53 GetHostedZone", shape="route53:GetHostedZone.Id"),
        ]
        | None
    ) = None
    """The zone's id; unset: the zone is looked up by name."""
    create: bool = False
    """Whether the zone is made here. Its stack is destroyed last, and its name servers go to the registrar."""
    account: Account | None = None
    """The account that has the zone, where it is another than the application's, and the role that Terraform takes
    there: for the zone, its records, and the health checks that they name. Unset: the application's account."""

    @rule
    def _either(self) -> Iterator[Fault]:
        """Give no ``zone_id`` for a zone that is made here."""
        if self.create and self.zone_id is not None:
            yield fault(
                "zone_id", message=f"must be unset for a zone that is made here, got {self.zone_id!r} (Latitude)"
            )


class Domain(Part):
    """A custom domain of a service: one association and one latency record per region, one owner of the name."""

    name: DomainName
    """The name that users type; the zone's apex is as good as any other (alias records)."""
    hosted_zone: HostedZone
    """The hosted zone, which the name is in."""
    www: bool = False
    """Whether ``www.NAME`` leads to the service too. A change associates the domain anew in each region: AWS then
    validates a new certificate, and the region doesn't answer under the name until it has (up to 48 hours)."""
    health_check: RegionHealthCheck = RegionHealthCheck()
    """How Route 53 finds out that a region does not answer."""
    region_name: Annotated[
        str,
        Pattern(
            regex=r"(?:[a-z0-9.-]|\{region\})*\{domain\}",
            words="small letters, digits, . and -, with {region} in it and {domain} at its end",
            source=_REGION_NAME_SOURCE,
        ),
    ] = "{region}.{domain}"
    """What a region's own record set is called; the latency records are aliases to it. It is no name for users, for no
    certificate has it."""
    status_output: bool = False
    """Whether the association's status is an output, ``domain_statuses``, too. It changes without Terraform, when App
    Runner has validated the certificate (within 48 hours, App Runner Developer Guide), and the next plan then shows the
    change once. Unset: only a check tells the status, and that plan is empty."""

    @property
    def names(self) -> tuple[str, ...]:
        """The names that have records."""
        return (self.name, f"www.{self.name}") if self.www else (self.name,)

    @property
    def roles(self) -> tuple[tuple[str, str], ...]:
        """The names that have records, each behind what begins its records' addresses."""
        return tuple(zip(("", "www_"), self.names, strict=False))

    def roles_in(self, region: str) -> tuple[tuple[str, str], ...]:
        """Return the same with the names of a region's own record sets."""
        filled = self.region_name.replace("{region}", region)
        return tuple((prefix, filled.replace("{domain}", name)) for prefix, name in self.roles)

    @rule
    def _region_name_fits(self) -> Iterator[Fault]:
        """Give regions names of their own, that DNS allows, within the hosted zone."""
        zone = self.hosted_zone.name
        if is_token(self.name) or is_token(zone) or is_token(self.region_name):
            return
        if self.name != zone and not self.name.endswith(f".{zone}"):
            return
        if self.www and len(self.name) > _LONGEST_WITH_WWW:
            return
        if self.region_name.count("{region}") != 1:
            yield fault(
                "region_name",
                message=f"must have {{region}} in it once, got {self.region_name!r} ({_REGION_NAME_SOURCE})",
            )
            return
        for _, name in self.roles_in(_LONGEST_REGION):
            if not name.endswith(f".{zone}") or len(name) > _LONGEST_NAME or not _DOMAIN_NAME.fullmatch(name):
                yield fault(
                    "region_name",
                    message=f"must make names below {zone} of at most {_LONGEST_NAME} characters, with labels of 1 to "
                    f"63, got {shown(name)} (RFC 1035)",
                )
                return

    @rule
    def _in_zone(self) -> Iterator[Fault]:
        """Give a name that is the hosted zone's, or below it."""
        zone = self.hosted_zone.name
        if is_token(self.name) or is_token(zone):
            return
        if self.name != zone and not self.name.endswith(f".{zone}"):
            yield fault(
                "name", message=f"must be {zone} or end in .{zone}, its hosted zone, got {self.name!r} (Route 53)"
            )

    @rule
    def _www_fits(self) -> Iterator[Fault]:
        """Leave room for ``www.`` in front of the name, where it is wanted."""
        if self.www and not is_token(self.name) and len(self.name) > _LONGEST_WITH_WWW:
            yield fault(
                "name",
                message=f"must be 1 to {_LONGEST_WITH_WWW} characters with www, got {len(self.name)}: "
                f"{shown(self.name)} (RFC 1035, 253 characters without the last dot)",
            )


def domain_faults(domains: Sequence[Domain], regions: Sequence[str]) -> Iterator[Fault]:
    """Yield a fault for each name that services' domains have in common, their regions' own names counted."""
    # Two domains of one name have regions' names in common too, which says nothing more.
    own = {
        (role, of_role)
        for domain in domains
        for region in regions
        for role, (_, of_role) in zip(domain.names, domain.roles_in(region), strict=True)
    }
    names = [*(name for domain in domains for name in domain.names), *sorted(name for _, name in own)]
    for name, count in Counter(names).items():
        if count > 1:
            yield fault("services", message=f"must have domains of their own, got {name!r} {count} times (Route 53)")
