"""Services: web applications, APIs and microservices on App Runner."""

from __future__ import annotations

import contextlib
from collections import Counter
from typing import TYPE_CHECKING, Annotated, Literal

from latitude.spec.app_runner import APP_RUNNER
from latitude.spec.arns import RoleArn, WebAclArn, region_faults, regional_faults
from latitude.spec.autoscaling import AutoScaling
from latitude.spec.base import Part, fault, rule
from latitude.spec.domain import Domain
from latitude.spec.encryption import CustomerManagedKey
from latitude.spec.environment import Secret, SecretVariableName, Variables
from latitude.spec.faults import UnknownValueError
from latitude.spec.grants import role_statements
from latitude.spec.health import HealthCheck
from latitude.spec.iam import MAX_INLINE_POLICY_LENGTH, policy_length
from latitude.spec.image import AnyImage, Image
from latitude.spec.instance import Cpu, Memory
from latitude.spec.limits import Range
from latitude.spec.names import REPOSITORY_NAME, ServiceName
from latitude.spec.network import PrivateIngress, VpcAccess
from latitude.spec.permissions import Statement, TableAccess, sid_faults
from latitude.spec.source import Command, Source
from latitude.spec.tags import Tags, case_faults, route_53_faults, route_53_tags, tag_faults
from latitude.spec.tokens import is_token

if TYPE_CHECKING:
    from collections.abc import Iterator

    from latitude.spec.application import Application
    from latitude.spec.compute import ComputeRules
    from latitude.spec.faults import Fault


class Service(Part):
    """A service that runs in every region of the application, from an image or from source code."""

    name: ServiceName
    """The service's name; in AWS it is APPLICATION-NAME, the same in every region."""
    image: AnyImage | None = None
    """The container image; exactly one of ``image`` and ``source`` is set."""
    source: Source | None = None
    """The source code."""
    cpu: Cpu = 1024
    """CPU units of an instance, or ``"1 vCPU"``."""
    memory: Memory = 2048
    """Memory of an instance in MB, or ``"2 GB"``."""
    port: Annotated[int, Range(minimum=1, maximum=65535, source="TCP")] = 8080
    """The port that the application listens on."""
    start_command: Command | None = None
    """The command that starts the application; unset: the image's own."""
    autoscaling: AutoScaling = AutoScaling()
    """How many instances each region has."""
    health_check: HealthCheck = HealthCheck()
    """App Runner's health check."""
    environment: Variables = {}
    """Environment variables, the same in every region."""
    regional_environment: dict[str, Variables] = {}
    """Environment variables of one region, which win over the common ones."""
    secrets: dict[SecretVariableName, Secret] = {}
    """Environment variables whose values App Runner reads from Secrets Manager or Systems Manager."""
    tables: tuple[TableAccess, ...] = ()
    """Tables of the application that the service uses."""
    statements: tuple[Statement, ...] = ()
    """What else the service's code may do in AWS."""
    vpc: dict[str, VpcAccess] | None = None
    """The VPC through which outgoing traffic goes, per region; unset: the internet."""
    private_ingress: dict[str, PrivateIngress] | None = None
    """The VPC from which the service is reached, per region; unset: a public endpoint."""
    ip_address_type: Literal["IPV4", "DUAL_STACK"] = "IPV4"
    """Whether the public endpoint has IPv6 addresses too."""
    web_acl_arns: dict[str, WebAclArn] | None = None
    """The WAF web ACL that filters requests, per region."""
    domain: Domain | None = None
    """The domain name under which users reach the nearest healthy region."""
    encryption: CustomerManagedKey | None = None
    """A customer-managed key for App Runner's copy of image or source; unset: a key of AWS. Changing it replaces."""
    instance_role_arn: RoleArn | None = None
    """A role that exists already, for the service's code in every region; unset: one is made per region. Latitude gives
    an existing one no permissions: it has to allow the service's tables, secrets and traces itself."""
    force_delete: bool | None = None
    """Whether this service's repository can be destroyed while it has images; unset: as ``registry.force_delete`` says.
    Destroying uses what was applied last: set it, and apply, before the service goes."""
    auto_deployments: bool = False
    """Whether App Runner deploys each new image or commit by itself: then regions roll without Terraform and order."""
    tracing: bool = False
    """Whether AWS X-Ray gets traces."""
    tags: Tags = {}
    """Tags of everything that is the service's own, its repository and its roles too, beside the application's."""

    @rule
    def _image_or_source(self) -> Iterator[Fault]:
        """Set exactly one of ``image`` and ``source``."""
        if (self.image is None) == (self.source is None):
            given = "neither" if self.image is None else "both"
            yield fault(
                "image", message=f"exactly one of image and source must be set, got {given} (App Runner CreateService)"
            )

    @rule
    def _repository(self) -> Iterator[Fault]:
        """Name a service with an ``Image`` as its repository may be called: in lower case, with single hyphens."""
        if isinstance(self.image, Image) and not is_token(self.name) and not REPOSITORY_NAME.allows(self.name):
            yield fault("name", message=REPOSITORY_NAME.refusal(self.name))

    @rule
    def _health_check_from_outside(self) -> Iterator[Fault]:
        """State a path to ask for a service with a ``domain`` and a TCP health check: Route 53 asks over HTTPS."""
        if self.domain is None or self.health_check.protocol == "HTTP":
            return
        if self.domain.health_check.path is None and "path" not in self.health_check.model_fields_set:
            yield fault(
                "domain",
                "health_check",
                "path",
                message="must be set, since the service's own health check is TCP and asks no path, got None "
                "(Route 53 CreateHealthCheck: a region is asked over HTTPS, and 2xx or 3xx is healthy)",
            )

    @rule
    def _policy_fits(self, application: Application) -> Iterator[Fault]:
        """Allow no more than one policy of 10,240 characters can say, white space not counted."""
        if self.instance_role_arn is not None:
            return
        lengths = {region: policy_length(role_statements(self, application, region)) for region in application.regions}
        region = max(lengths, key=lambda name: lengths[name])
        if lengths[region] > MAX_INLINE_POLICY_LENGTH:
            yield fault(
                "statements",
                message=f"must leave the instance role a policy of at most {MAX_INLINE_POLICY_LENGTH} characters with "
                f"the service's tables and secrets, got about {lengths[region]} in {region}; name fewer resources, "
                "with * where they begin alike (IAM and STS quotas: inline policies of a role)",
            )

    @rule
    def _own_role(self) -> Iterator[Fault]:
        """Give an existing role no ``statements``: Latitude does not write its policies."""
        if self.instance_role_arn is not None and self.statements:
            yield fault(
                "statements",
                message=f"must be unset with instance_role_arn, got {len(self.statements)} of them: a role that exists "
                "already has policies of its own (Latitude)",
            )

    @property
    def runs_on(self) -> ComputeRules:
        """What runs the service."""
        return APP_RUNNER

    @property
    def address_record_types(self) -> tuple[str, ...]:
        """The types of the records that lead to the service: A, and with IPv6 AAAA too."""
        return ("A", "AAAA") if self.ip_address_type == "DUAL_STACK" else ("A",)

    @property
    def public_check_path(self) -> str:
        """The path that is asked from outside, by Route 53 and while a release is watched."""
        if self.domain is not None and self.domain.health_check.path is not None:
            return self.domain.health_check.path
        return self.health_check.path

    @rule
    def _combinations(self) -> Iterator[Fault]:
        """Combine only what the kind of compute takes: the rules are below."""
        for combination in self.runs_on.combinations:
            with contextlib.suppress(UnknownValueError):
                yield from combination(self)

    @rule
    def _variables(self) -> Iterator[Fault]:
        """Set each environment variable once: by ``environment``, ``secrets`` or ``tables``."""
        plain = {*self.environment, *(name for names in self.regional_environment.values() for name in names)}
        counted = Counter([*plain, *self.secrets, *(access.variable_name for access in self.tables)])
        for name, count in counted.items():
            if count > 1:
                yield fault(
                    "environment",
                    name,
                    message=f"must be set once: by environment, secrets or tables, got {count} times (Latitude)",
                )

    @rule
    def _private(self, application: Application) -> Iterator[Fault]:
        """Give ``private_ingress`` for each region of the application, and without ``domain``."""
        if self.private_ingress is None:
            return
        yield from region_faults("private_ingress", self.private_ingress, application)
        if self.domain is not None:
            yield fault(
                "domain",
                message="must be unset with private_ingress: Route 53's health checkers can't reach a private service "
                f"(Route 53 Developer Guide), got {self.domain.name!r}",
            )

    @rule
    def _regional(self, application: Application) -> Iterator[Fault]:
        """Give what is regional for each region of the application; environment variables for some of them."""
        yield from region_faults("regional_environment", self.regional_environment, application, complete=False)
        if self.vpc is not None:
            yield from region_faults("vpc", self.vpc, application)
        if self.web_acl_arns is not None:
            yield from regional_faults("web_acl_arns", self.web_acl_arns, application, what="the web ACL")

    @rule
    def _sids(self) -> Iterator[Fault]:
        """Give no two statements the same ``sid``."""
        yield from sid_faults("statements", (statement.sid for statement in self.statements))

    @rule
    def _tags_fit(self, application: Application) -> Iterator[Fault]:
        """Give the service no more tags than the application's leave room for: 45 together."""
        yield from tag_faults(self.tags, application.tags)
        yield from case_faults(self.tags, application.default_tags)

    @rule
    def _health_check_takes_the_tags(self, application: Application) -> Iterator[Fault]:
        """Give a service with a ``domain`` at most as many tags as its health checks can have: 10 with all others."""
        if self.domain is not None and self.tags:
            count = route_53_tags(application.default_tags, self.tags)
            yield from route_53_faults(count, "the service's health checks")

    def variables_in(self, region: str) -> dict[str, str]:
        """Return the plain environment variables of one region."""
        return {**self.environment, **self.regional_environment.get(region, {})}
