"""What everything around a service asks of what runs it.

A kind of compute is a ``ComputeKind``; in each region it runs a service as a ``Compute``, which users reach through its
``Front``. Records, health checks, AWS WAF, stacks and outputs know these three, and no kind by its name.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from latitude.constructs.capability import Capability
    from latitude.constructs.compute.place import Place
    from latitude.spec import Domain, Service


class Association(Protocol):
    """A domain for which a service answers in one region."""

    @property
    def dns_target(self) -> str:
        """The name that the region's alias record leads to."""

    @property
    def status(self) -> str:
        """How far AWS is with the domain and its certificate, in the words of the kind's own API."""

    @property
    def live(self) -> str:
        """A condition in Terraform's language: whether the service answers for the domain, with its certificate."""


class Front(Protocol):
    """How users reach a service in one region: what Route 53 has to know."""

    @property
    def host(self) -> str:
        """The region's own host name, for its health check to ask and its record to lead to; never the shared name."""

    @property
    def host_code(self) -> str:
        """The same in Terraform's language."""

    def associate(self, scope: Capability, *, domain: Domain, zone_id: str, region: str, dns: Any) -> Association:
        """Make the service answer for a domain, with a certificate that records in the hosted zone validate.

        ``dns`` is the provider of the records.
        """

    def alias_zone_id(self, scope: Capability) -> str:
        """Find the hosted zone of ``host``, which an alias record has to name beside it."""


class Compute(Protocol):
    """A service that runs in one region."""

    @property
    def arn(self) -> str:
        """The ARN of what answers requests: AWS WAF and outputs name it."""

    @property
    def front(self) -> Front:
        """How users reach the service."""

    @property
    def image_digest(self) -> str | None:
        """The digest of the image that runs; none where a service is built from source code or is public."""

    @property
    def private_domain(self) -> str | None:
        """The name under which a VPC reaches a private service."""

    @property
    def security_group_ids(self) -> Sequence[str] | None:
        """The security groups of what goes out through a VPC, for the rules of databases and caches."""


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What a service is given in its region, whatever runs it."""

    place: Place
    instance_role_arn: str
    variables: Mapping[str, str] = field(default_factory=dict)
    """Environment variables, as plain texts."""
    secrets: Mapping[str, str] = field(default_factory=dict)
    """Environment variables whose values are read from the ARN when the service starts."""
    depends_on: Sequence[Any] = ()
    """What must be in AWS before the service starts, such as the policy of its role."""


class ComputeKind(Protocol):
    """A kind of compute, of which there is one object."""

    @property
    def name(self) -> str:
        """What AWS calls it."""

    @property
    def role(self) -> str:
        """What names it among the entries of a region's record set."""

    @property
    def instance_principal(self) -> str:
        """The service principal that takes the role of a service's code (AWS's trust policy)."""

    @property
    def pull_principal(self) -> str:
        """The service principal that takes the role which pulls a service's image."""

    def run(self, scope: Capability, *, spec: Service, surroundings: Surroundings) -> Compute:
        """Make the service in one region, with what only this kind needs beside it; ``scope`` is the service's own."""
