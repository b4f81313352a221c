"""Custom domains of App Runner services."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from latitude.bindings import Construct, aws, cdktf
from latitude.bindings.text import expression, joined
from latitude.constructs.capability import Capability

if TYPE_CHECKING:
    from latitude.spec import Domain

_VALIDATION_TTL_SECONDS: Final = 300
_VALIDATION_WEIGHT: Final = 1
# Two, or three with www (provider issue 20222). A for_each would fail: the records are unknown at plan (issue 23460).
_RECORDS: Final = {False: 2, True: 3}


class CustomDomain(Capability):
    """Associates a domain with the service of one region, and makes the records that validate its certificate.

    Each region has an association of its own, or TLS and the Host header fail there. Their validation records may be
    the same, as AWS Certificate Manager's are in one account, or may not: so each is an entry of a weighted set, and a
    region that is destroyed leaves the entries of the others (docs/adr/0082).

    ``dns`` is the provider of those records: the hosted zone may be in another account than the service.

    The certificate is validated after apply has ended, within 48 hours (App Runner Developer Guide): a ``check`` block
    says how far it is, with every plan.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        spec: Domain,
        provider: Any,
        service_arn: str,
        zone_id: str,
        region: str,
        dns: Any,
    ) -> None:
        super().__init__(scope, id, provider=provider)
        expected = _RECORDS[spec.www]
        records = f"aws_apprunner_custom_domain_association.{self.address}.certificate_validation_records"
        self.association = self.make(
            aws.apprunner_custom_domain_association.ApprunnerCustomDomainAssociation,
            domain_name=spec.name,
            service_arn=service_arn,
            # AWS's default is true.
            enable_www_subdomain=spec.www,
            lifecycle=cdktf.TerraformResourceLifecycle(
                postcondition=[
                    cdktf.Postcondition(
                        condition=expression(f"length(self.certificate_validation_records) == {expected}"),
                        error_message=f"App Runner gave another number of validation records than {expected} for "
                        f"{spec.name}; apply again once it has made them all.",
                    )
                ]
            ),
        )
        for index in range(expected):
            name = f"sort([for r in {records} : r.name])[{index}]"
            self.make(
                aws.route53_record.Route53Record,
                f"validation_{index}",
                provider=dns,
                zone_id=zone_id,
                name=expression(name),
                type="CNAME",
                ttl=_VALIDATION_TTL_SECONDS,
                records=[expression(f"one([for r in {records} : r.value if r.name == {name}])")],
                # Regions may get the same record from AWS: each writes an entry of its own, and removes no other.
                set_identifier=region,
                weighted_routing_policy={"weight": _VALIDATION_WEIGHT},
                allow_overwrite=True,
            )
        self.dns_target: str = self.association.dns_target
        self.status: str = self.association.status
        status = f"aws_apprunner_custom_domain_association.{self.address}.status"
        self.live = f'{status} == "active"'
        self._tell_status(spec.name, status)

    def _tell_status(self, name: str, status: str) -> None:
        """Warn, at each plan and apply, while the domain is not active.

        An output changes on its own when AWS is done, and the next plan is not empty: it is there for who asks for it.
        """
        assertion = {
            "condition": expression(self.live),
            "error_message": joined(
                name,
                " is not live in this region: App Runner says ",
                expression(status),
                ". It validates the certificate within 48 hours of the records' creation. A region that was never live "
                "is not answered with until then, as long as another is: apply once more when it is active.",
            ),
        }
        self.check(assertion)
