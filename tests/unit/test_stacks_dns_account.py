"""The hosted zone is in another account: what belongs to it goes there, and nothing else does."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import pytest

from latitude import Account, Application, Domain, HostedZone, Image, InvalidDescriptionError, Service, VpcAccess
from tests.support.applications import APPLICATIONS
from tests.support.synthesized import stacks_of, synthesized

if TYPE_CHECKING:
    from typing import Literal

    from tests.support.template import Template

OWN: Final = "123456789012"
ELSEWHERE: Final = "210987654321"
ROLE: Final = f"arn:aws:iam::{ELSEWHERE}:role/dns/records"
DNS: Final = Account(id=ELSEWHERE, role_arn=ROLE, external_id="orders")
HELD: Final = {"allowed_account_ids": [ELSEWHERE], "assume_role": [{"role_arn": ROLE, "external_id": "orders"}]}
REGIONS: Final = ("us-east-1", "us-west-2")
ROUTE_53: Final = re.compile(r"(data\.)?aws_route53_")


def application(
    layout: Literal["cells", "single"] = "cells",
    *,
    account: Account | None = None,
    zone_account: Account | None = DNS,
    create: bool = False,
) -> Application:
    """Return an application with a domain, whose hosted zone is in ``zone_account``."""
    stated = HostedZone(name="example.com", account=zone_account, create=create)
    service = Service(
        name="web",
        image=Image(tag="1"),
        vpc={region: VpcAccess(subnet_ids=("subnet-0123456789abcdef0",)) for region in REGIONS},
        domain=Domain(name="shop.example.com", hosted_zone=stated, www=True),
    )
    return Application(name="orders", regions=REGIONS, services=(service,), layout=layout, account=account)


def provider(template: Template, alias: str) -> dict[str, Any]:
    """Return the provider with an alias."""
    (found,) = [each for each in template.providers if each["alias"] == alias]
    return found


@pytest.mark.parametrize("layout", ["cells", "single"])
@pytest.mark.parametrize("create", [False, True])
def test_everything_in_route_53_goes_to_the_zones_account(layout: Literal["cells", "single"], create: bool) -> None:  # noqa: FBT001  a parameter of a test
    """Zones and their look-ups, records and their look-ups, validation entries, health checks; all else does not."""
    stacks = synthesized(application(layout, create=create, account=Account(id=OWN)))
    found = set()
    for stack, template in stacks.items():
        dns = "aws.route53" if stack.endswith(("-routing", "-zone")) else "aws.dns"
        for address, arguments in template.aws:
            assert (arguments["provider"] == dns) == bool(ROUTE_53.match(address)), f"{stack}: {address}"
            if ROUTE_53.match(address):
                found.add(address.rpartition(".")[0])
    assert found == {
        *("aws_route53_record", "aws_route53_health_check", "data.aws_route53_records"),
        *(["aws_route53_zone"] if create else []),
        *([] if create and layout == "single" else ["data.aws_route53_zone"]),
    }


@pytest.mark.parametrize("layout", ["cells", "single"])
def test_providers_are_held_each_to_its_own_account(layout: Literal["cells", "single"]) -> None:
    """The zones' provider assumes their role, and no other provider does."""
    for stack, template in synthesized(application(layout, account=Account(id=OWN))).items():
        for each in template.providers:
            held = {key: each.get(key) for key in HELD}
            of_zones = each["alias"] in {"dns", "route53"}
            assert held == (HELD if of_zones else {"allowed_account_ids": [OWN], "assume_role": None}), stack


def test_app_runner_stays_with_the_services_provider() -> None:
    """The association, and the zone of App Runner's own that an alias record names, are the region's."""
    cell = synthesized(application())["orders-us-east-1"]
    cell.expect("aws_apprunner_custom_domain_association.web_domain", provider="aws.us_east_1")
    cell.expect("data.aws_apprunner_hosted_zone_id.web_domain_region", provider="aws.us_east_1")
    assert provider(cell, "dns")["region"] == "us-east-1"


def test_registry_and_data_have_no_provider_of_the_zones_account() -> None:
    """A stack without records needs no credentials there."""
    stacks = synthesized(application())
    assert [each["alias"] for each in stacks["orders-registry"].providers] == ["us_east_1", "us_west_2"]


def test_addresses_are_the_same_in_either_account() -> None:
    """Stating the account moves nothing: Terraform's state keeps every address."""
    there, here = synthesized(application()), synthesized(application(zone_account=None))
    assert {stack: template.addresses for stack, template in there.items()} == {
        stack: template.addresses for stack, template in here.items()
    }


def test_alias_of_routing_is_the_same_in_either_account() -> None:
    """What a state of routing remembers goes on to have a provider when an account is stated, or no longer is."""
    for stated in (application(), application(zone_account=None)):
        routing = synthesized(stated)["orders-routing"]
        assert [each["alias"] for each in routing.providers] == ["route53"]


def test_account_that_is_the_applications_own_needs_no_second_provider() -> None:
    """Stated alike in both places, they are one."""
    own = Account(id=OWN)
    stated = Application(
        name="orders",
        regions=("us-east-1",),
        account=own,
        services=(
            Service(
                name="web",
                image=Image(tag="1"),
                domain=Domain(name="example.com", hosted_zone=HostedZone(name="example.com", account=own)),
            ),
        ),
    )
    for stack, template in synthesized(stated).items():
        assert "dns" not in {each["alias"] for each in template.providers}, stack


@pytest.mark.parametrize("name", APPLICATIONS)
def test_provider_that_is_held_to_an_account_asks_which_it_is_in(name: str) -> None:
    """The AWS provider refuses every account while it may not ask ("AWS account ID not allowed: ")."""
    changed = APPLICATIONS[name]().model_copy(update={"account": Account(id=OWN)})
    for stack, template in synthesized(changed).items():
        for each in template.document["provider"].get("aws", []):
            assert each["allowed_account_ids"], stack
            assert "skip_requesting_account_id" not in each, stack
            assert "skip_credentials_validation" not in each, stack


def test_routing_asks_sts_where_route_53_is() -> None:
    """With an account, routing leans on us-east-1 for STS as for Route 53, and on no region of the application."""
    account = Account(id=OWN)
    routing = synthesized(APPLICATIONS["example"]().model_copy(update={"account": account}))["orders-routing"]
    (found,) = routing.providers
    assert (found["region"], found["sts_region"]) == ("us-west-2", "us-east-1")
    (without,) = stacks_of("example")["orders-routing"].providers
    assert "sts_region" not in without
    assert without["skip_requesting_account_id"] is True


def test_zones_in_two_accounts_are_a_fault() -> None:
    """A stack has one provider for zones; the fault names both accounts."""

    def service(name: str, account: Account | None) -> Service:
        zone = HostedZone(name=f"{name}.example", account=account)
        return Service(name=name, image=Image(tag="1"), domain=Domain(name=f"{name}.example", hosted_zone=zone))

    with pytest.raises(InvalidDescriptionError) as refused:
        Application(name="orders", regions=REGIONS, services=(service("one", None), service("two", DNS)))
    (found,) = refused.value.faults
    assert found.path == "services[1].domain.hosted_zone.account"
    assert ELSEWHERE in found.message


def test_zone_with_two_accounts_is_one_fault() -> None:
    """One zone can't be in two accounts: that it is stated in two ways is said once."""
    services = [
        Service(
            name=name,
            image=Image(tag="1"),
            domain=Domain(name=f"{name}.example.com", hosted_zone=HostedZone(name="example.com", account=account)),
        )
        for name, account in (("one", None), ("two", DNS))
    ]
    with pytest.raises(InvalidDescriptionError) as refused:
        Application(name="orders", regions=REGIONS, services=services)
    assert [fault.path for fault in refused.value.faults] == ["services[0].domain.hosted_zone"]


def test_faults_of_the_zones_account_have_their_path() -> None:
    """The account of a zone is checked as any other."""
    with pytest.raises(
        InvalidDescriptionError, match=r"services\[0\].domain.hosted_zone.account.id: must be 12 digits"
    ):
        application(zone_account=Account(id="1"))
