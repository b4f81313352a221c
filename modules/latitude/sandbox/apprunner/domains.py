"""Custom domains of services, and their certificates' validation records."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from moto.route53.models import route53_backends

from latitude.sandbox import settings
from latitude.sandbox.apprunner import clock
from latitude.sandbox.apprunner.exceptions import InvalidRequestException, ResourceNotFoundException
from latitude.sandbox.apprunner.pagination import page

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from latitude.sandbox.apprunner.ingress import VpcIngressConnections
    from latitude.sandbox.apprunner.region import Region
    from latitude.sandbox.apprunner.register import ServiceRegister
    from latitude.sandbox.apprunner.service import Service

# https://docs.aws.amazon.com/apprunner/latest/dg/manage-custom-domains.html
_DOMAINS_A_SERVICE = 5


@dataclass(kw_only=True)
class CustomDomain:
    """A domain of a service. ``validated_at`` is when its validation records were first seen in DNS."""

    name: str
    www: bool
    service: Service
    created_at: datetime
    validated_at: datetime | None = None
    deleted_at: datetime | None = None
    wavers: bool = False
    """Whether it is pending again, though it was validated: what ``Control.set_domain_wavering`` asks for."""

    def records(self) -> Iterator[tuple[str, str]]:
        """Yield the names and values of the CNAME records that validate the certificate.

        One is for the name, one for a label of App Runner's below it, and one for its ``www`` subdomain. As with
        ACM, the same domain in the same region and account always has the same.
        """
        base = self.name.removeprefix("*.")
        label = self._token("label")[:30]
        for host in (base, f"{label}.{base}", *([f"www.{base}"] if self.www else [])):
            yield f"_{self._token(host)}.{host}.", f"_{self._token('value', host)}.acm-validations.aws."

    def _token(self, *words: str) -> str:
        region = self.service.region
        place = () if settings.get().same_validation else (region.name,)
        text = " ".join((region.account_id, *place, self.name, *words))
        return hashlib.sha256(text.encode()).hexdigest()[:32]


class CustomDomains:
    """The custom domains of one region's services."""

    def __init__(self, *, region: Region, register: ServiceRegister, ingress: VpcIngressConnections) -> None:
        self._region = region
        self._register = register
        self._ingress = ingress
        self._all: list[CustomDomain] = []

    def associate(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """AssociateCustomDomain: one service a region for each domain, and five domains a service."""
        service = self._register.idle(request["ServiceArn"], purpose="associated with a custom domain")
        name, www = request["DomainName"], request.get("EnableWWWSubdomain", True)
        if name.startswith("*.") and www:
            msg = f"EnableWWWSubdomain must be false for a wildcard domain: {name}"
            raise InvalidRequestException(msg)
        for other in self._live():
            if other.name == name:
                msg = f"The domain {name} is already associated with a service. ARN: {other.service.arn}"
                raise InvalidRequestException(msg)
        if len(self._of(service)) >= _DOMAINS_A_SERVICE:
            msg = f"A service can have up to {_DOMAINS_A_SERVICE} custom domains. ARN: {service.arn}"
            raise InvalidRequestException(msg)
        domain = CustomDomain(name=name, www=www, service=service, created_at=clock.now())
        self._all.append(domain)
        return self._about(service) | {"CustomDomain": self._shown(domain)}

    def disassociate(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """DisassociateCustomDomain: the domain is ``deleting`` for a while, then gone."""
        service = self._register.get(request["ServiceArn"])
        found = [domain for domain in self._of(service) if domain.name == request["DomainName"]]
        if not found:
            raise ResourceNotFoundException(what=f"Custom domain {request['DomainName']}", arn=service.arn)
        domain = found[0]
        if domain.deleted_at is None:
            domain.deleted_at = clock.after_operation()
        return self._about(service) | {"CustomDomain": self._shown(domain)}

    def describe(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """DescribeCustomDomains of one service."""
        service = self._register.get(request["ServiceArn"])
        chosen, token = page(self._of(service), request)
        return self._about(service) | {"CustomDomains": [self._shown(domain) for domain in chosen], **token}

    def waver(self, *, name: str, wavers: bool) -> None:
        """Let every association of a domain be pending again, or be what it was."""
        for domain in self._live():
            if domain.name == name:
                domain.wavers = wavers

    def _live(self) -> list[CustomDomain]:
        now = clock.now()
        return [
            domain
            for domain in self._all
            if domain.service.status() != "DELETED" and (domain.deleted_at is None or now < domain.deleted_at)
        ]

    def _of(self, service: Service) -> list[CustomDomain]:
        return [domain for domain in self._live() if domain.service is service]

    def _about(self, service: Service) -> dict[str, Any]:
        targets = [
            {"VpcIngressConnectionArn": item.arn, "VpcId": item.vpc.get("VpcId"), "DomainName": item.domain_name}
            for item in self._ingress.of_service(service.arn)
        ]
        return {"DNSTarget": service.url, "ServiceArn": service.arn, "VpcDNSTargets": targets}

    def _shown(self, domain: CustomDomain) -> dict[str, Any]:
        present = self._cnames()
        records = [
            {
                "Name": name,
                "Type": "CNAME",
                "Value": value,
                "Status": "SUCCESS" if (_bare(name), _bare(value)) in present else "PENDING_VALIDATION",
            }
            for name, value in domain.records()
        ]
        validated = all(record["Status"] == "SUCCESS" for record in records)
        return {
            "DomainName": domain.name,
            "EnableWWWSubdomain": domain.www,
            "CertificateValidationRecords": records,
            "Status": self._status(domain, validated=validated),
        }

    def _status(self, domain: CustomDomain, *, validated: bool) -> str:
        """Return the status in lower case, as AWS does against its own model; the Terraform provider waits for it.

        The provider wants to see the domain pending or binding before it is active, and asks ever more seldom, so
        each step lasts at least as long as all before it.
        """
        now = clock.now()
        step = clock.operation()
        created = domain.created_at + step
        if domain.deleted_at is not None:
            return "deleting"
        if now < created:
            return "creating"
        if domain.validated_at is None and validated and now >= created + step:
            domain.validated_at = now
        if domain.validated_at is None or domain.wavers:
            return "pending_certificate_dns_validation"
        return "binding_certificate" if now < domain.validated_at + 2 * step else "active"

    def _cnames(self) -> set[tuple[str, str]]:
        """Return name and value of every CNAME in the account's public zones; private ones do not count."""
        route53 = route53_backends[self._region.account_id][self._region.partition]
        return {
            (_bare(record.name), _bare(value))
            for zone in route53.zones.values()
            if not zone.private_zone
            for record in zone.rrsets
            if record.type == "CNAME"
            for value in record.records
        }


def _bare(name: str) -> str:
    return name.rstrip(".").lower()
