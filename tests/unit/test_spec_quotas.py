"""What AWS has a quota for: notes where a program goes past a default, and a fault where App Runner refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest
from typer.testing import CliRunner

from latitude import Account, PrivateIngress, PublicImage, VpcAccess, cli
from latitude.spec.aws_names import AwsNames
from latitude.spec.program import program_faults
from latitude.spec.quotas import QUOTAS, quota_notes
from tests.unit.descriptions import application, only, service, source

if TYPE_CHECKING:
    from pathlib import Path

    from latitude import Application
    from tests.unit.descriptions import Refusals

REGION: Final = "us-east-1"
SUBNETS: Final = ("subnet-0a1b2c3d", "subnet-0a1b2c3e")
GROUPS: Final = ("sg-0a1b2c3d", "sg-0a1b2c3e")


def many(count: int, name: str = "orders", account: Account | None = None, **changes: Any) -> Application:
    """Return an application in one Region with so many services."""
    services = [service(name=f"s{index}", **changes) for index in range(count)]
    return application(name=name, regions=(REGION,), account=account, services=services)


def test_defaults_are_those_of_awss_page() -> None:
    """App Runner Developer Guide, App Runner resource quotas."""
    assert {quota.many: (quota.default, quota.raised) for quota in QUOTAS} == {
        "services": (30, True),
        "auto scaling configurations": (10, True),
        "connections": (10, True),
        "observability configurations": (10, True),
        "VPC connectors": (10, True),
        "VPC ingress connections": (1, False),
    }


@pytest.mark.parametrize(
    ("count", "changes", "what", "default"),
    [
        (30, {}, "services", 30),
        (10, {}, "auto scaling configurations", 10),
        (10, {"tracing": True}, "observability configurations", 10),
        (10, {"image": None, "source": source()}, "connections", 10),
        (10, {"vpc": {REGION: VpcAccess(subnet_ids=SUBNETS)}}, "VPC connectors", 10),
    ],
)
def test_note_begins_where_a_default_quota_ends(count: int, changes: dict[str, Any], what: str, default: int) -> None:
    """As many as there may be are no word's worth; one more is, with where to have it raised."""
    assert not any(f" {what} in " in note for note in quota_notes([many(count, **changes)]))
    (note,) = [note for note in quota_notes([many(count + 1, **changes)]) if f" {what} in " in note]
    assert note.startswith(
        f"{count + 1} {what} in us-east-1 of the account are past the default quota of {default}: have "
    )
    assert "Service Quotas" in note


def test_note_of_a_quota_that_is_not_raised_says_so() -> None:
    """It is no fault: each service has a connection of its own, whatever the page says."""
    ingress = PrivateIngress(vpc_id="vpc-0a1b2c3d", subnet_ids=SUBNETS)
    (note,) = quota_notes([many(2, private_ingress={REGION: ingress})])
    assert "2 VPC ingress connections" in note
    assert "AWS says that it is not raised" in note


def test_applications_of_one_account_count_together() -> None:
    """Quotas are an account's; what is in another account has its own."""
    one, other = Account(id="111111111111"), Account(id="222222222222")
    (note,) = quota_notes(
        [many(6, account=one), many(6, name="billing", account=one), many(6, name="x-y", account=other)]
    )
    assert note.startswith("12 auto scaling configurations in us-east-1 of account 111111111111 are past")


def test_check_prints_notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Behind the line that says that there are no faults; the status is 0."""
    monkeypatch.chdir(tmp_path)
    services = '[Service(name=f"s{n}", image=PublicImage(identifier="public.ecr.aws/a/b:1")) for n in range(11)]'
    (tmp_path / "main.py").write_text(
        "from latitude import *\n"
        f'application = Application(name="orders", regions=("us-east-1",), services={services})\n'
    )
    said = CliRunner().invoke(cli.app, ["check"])
    assert said.exit_code == 0
    assert said.stdout.splitlines()[1].startswith(
        "Note: 11 auto scaling configurations in us-east-1 of the account are "
    )


def connected(name: str, groups: tuple[str, ...] | None = GROUPS, subnets: tuple[str, ...] = SUBNETS) -> Any:
    """Return a service with a connector."""
    access = VpcAccess(subnet_ids=subnets, security_group_ids=groups)
    return service(name=name, image=PublicImage(identifier="public.ecr.aws/a/b:1"), vpc={REGION: access})


def test_name_of_a_connector_does_not_depend_on_the_order_of_its_content() -> None:
    """App Runner has sets of subnets and groups: in another order nothing is to be replaced."""
    names = AwsNames("orders")
    one, other = connected("web"), connected("web", GROUPS[::-1], SUBNETS[::-1])
    assert names.vpc_connector(one, one.vpc[REGION]) == names.vpc_connector(other, other.vpc[REGION])
    assert names.vpc_connector(one, one.vpc[REGION]) != names.vpc_connector(one, VpcAccess(subnet_ids=SUBNETS))


def test_second_connector_with_the_same_content_is_refused(refusals: Refusals) -> None:
    """In whatever order; with groups that Latitude makes there are two contents."""
    services = [connected("web"), connected("api", GROUPS[::-1], SUBNETS[::-1])]
    said = only(refusals(lambda: application(regions=(REGION,), services=services)))
    assert said.startswith(
        'services[1].vpc["us-east-1"]: must name other subnets or security groups than web, or no groups'
    )
    assert application(regions=(REGION,), services=[connected("web", None), connected("api", None)]).services
    assert application(regions=(REGION,), services=[connected("web"), connected("api", GROUPS[:1])]).services


def test_connectors_of_two_applications_must_differ_too() -> None:
    """In one account."""
    web = [connected("web")]
    one, other = (application(name=name, regions=(REGION,), services=web) for name in ("orders", "billing"))
    (fault,) = program_faults([one, other])
    assert (
        "must each have a set of subnets and security groups of its own, got 'subnet-0a1b2c3d, subnet-0a1b2c3e with "
        in str(fault)
    )
    assert "leave `security_group_ids` unset for one" in str(fault)
