"""Names in AWS and in Terraform: none is two parts', none is too long, whatever the description says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from latitude.spec import (
    CloudState,
    Domain,
    EcrImage,
    GithubRoles,
    GlobalIndex,
    HealthCheck,
    HostedZone,
    Image,
    Provisioned,
    RegionHealthCheck,
    RunRole,
    ScaledCapacity,
    SecretsManagerSecret,
    Service,
    SsmParameter,
    TableAccess,
    VpcAccess,
    Workspaces,
    addresses,
)
from latitude.spec.aws_names import AwsNames, scaling_policy, table_key_alias
from tests.unit.descriptions import application, only, service, source, table

if TYPE_CHECKING:
    from tests.unit.descriptions import Refusals

SECRET = SecretsManagerSecret(name="db")
SOURCE = "(Latitude: a name is part of a Terraform address, in letters, digits and _)"
POLICY = "arn:aws:iam::{}:policy/Deploy"


def zoned(name: str, zone: str) -> Service:
    """Return a service whose domain is a zone's apex."""
    return service(name=name, domain=Domain(name=zone, hosted_zone=HostedZone(name=zone)))


def indexed(**changes: Any) -> Any:
    """Return a table with two indexes whose names differ in punctuation."""
    indexes = [GlobalIndex(name=name, hash_key="at") for name in ("by.at", "by-at")]
    return table(attributes={"id": "S", "at": "S"}, global_indexes=indexes, **changes)


COLLISIONS: dict[str, tuple[dict[str, Any], str]] = {
    "secrets": (
        {"services": [service(secrets={"A.B": SECRET, "A_B": SECRET})]},
        "services[0].secrets.A_B: must have names of their own, also as web_secret_A_B, got 'A.B', 'A_B'",
    ),
    "secrets in letters that no address has": (
        {
            "services": [
                service(secrets={"\N{CYRILLIC SMALL LETTER A}": SECRET, "\N{CYRILLIC SMALL LETTER BE}": SECRET})
            ]
        },
        (
            "services[0].secrets.\N{CYRILLIC SMALL LETTER BE}: must have names of their own, also as web_secret__, "
            "got '\N{CYRILLIC SMALL LETTER A}', '\N{CYRILLIC SMALL LETTER BE}'"
        ),
    ),
    "secrets of two services": (
        {
            "services": [
                service(name="web", secrets={"secret_A": SECRET}),
                service(name="web-secret", secrets={"A": SECRET}),
            ]
        },
        "services[1].secrets.A: must have names of their own, also as web_secret_secret_A, got 'secret_A', 'A'",
    ),
    "images of two services": (
        {"services": [service(image=Image(tag="image_1")), service(name="web-image", image=Image(tag="1"))]},
        "services[1].image: must have names of their own, also as web_image_image_1_in_us_east_1, got 'image_1', '1'",
    ),
    "zones": (
        {"services": [zoned("a", "a-b.example"), zoned("b", "a.b.example")]},
        (
            "services[1].domain.hosted_zone.name: must have names of their own, also as zone_a_b_example, "
            "got 'a-b.example', 'a.b.example'"
        ),
    ),
    "indexes with insights": (
        {"tables": [indexed(contributor_insights=True)]},
        (
            "tables[0].global_indexes[1].name: must have names of their own, also as carts_us_east_1_insights_by_at, "
            "got 'by.at', 'by-at'"
        ),
    ),
    "indexes that are scaled": (
        {"tables": [indexed(billing=Provisioned(read=ScaledCapacity(max_units=2), write=ScaledCapacity(max_units=2)))]},
        (
            "tables[0].global_indexes[1].name: must have names of their own, also as "
            "carts_us_east_1_scaling_by_at_read, got 'by.at', 'by-at'"
        ),
    ),
    "services in another case": (
        {"services": [service(name="Web", image=None, source=source()), service(name="web")]},
        "services[1].name: must have names of their own, also as web, got 'Web', 'web'",
    ),
    "policies": (
        {
            "pipeline": GithubRoles(
                repository="a/b",
                policy_arns=[POLICY.format("123456789012"), POLICY.format("aws")],
                plan_policy_arns=[POLICY.format("aws")],
            )
        },
        (
            "pipeline.policy_arns[1]: must have names of their own, also as Deploy, "
            f"got '{POLICY.format('123456789012')}', '{POLICY.format('aws')}'"
        ),
    ),
}


@pytest.mark.parametrize("case", COLLISIONS)
def test_names_of_one_address_are_refused(refusals: Refusals, case: str) -> None:
    """What differs in punctuation alone would be one resource: the description says so, with both names."""
    described, message = COLLISIONS[case]
    assert only(refusals(lambda: application(**described))) == f"{message} {SOURCE}"


@pytest.mark.parametrize(
    "described",
    [
        {"tables": [indexed()]},
        {"services": [service(secrets={"A.B": SECRET, "A_B": SsmParameter(name="a")})]},
        {"tables": [table(name="Carts"), table(name="carts")]},
    ],
)
def test_names_that_become_no_address_may_be_alike(described: dict[str, Any]) -> None:
    """Only what Terraform makes or reads by its own address has to differ in it."""
    assert application(**described)


@pytest.mark.parametrize(
    ("name", "address"), [("1web", "_1web"), ("web1", "web1"), ("-1", "_1"), ("2024.orders", "_2024_orders")]
)
def test_address_begins_with_no_digit(name: str, address: str) -> None:
    """Terraform's names begin with a letter or ``_``; AWS's may begin with a digit."""
    assert addresses.beginning(name) == address


def test_keys_that_unicode_normalizes_to_the_same_are_refused(refusals: Refusals) -> None:
    """Terraform would take two variables for one, wherever they are stated."""
    composed, split = "caf\N{LATIN SMALL LETTER E WITH ACUTE}", "cafe\N{COMBINING ACUTE ACCENT}"
    described = service(environment={composed: "1", split: "2"})
    assert only(refusals(lambda: application(services=[described]))) == (
        f"services[0].environment.{split}: must differ in more than how Unicode writes it, "
        "got 'cafe\\u0301' and 'caf\\xe9' (Terraform normalizes texts to NFC)"
    )


@pytest.mark.parametrize("name", ["a" * 226, "a.b" * 75])
def test_names_that_follow_from_the_longest_fit(name: str) -> None:
    """An alias has 256 characters with ``alias/``, a scaling policy 255; those of other tables are others."""
    full = AwsNames("a" * 28).table(table(name=name))
    policy = scaling_policy(f"table/{full}/index/{'i' * 255}", f"{'i' * 255}_read")
    assert (len(f"alias/{table_key_alias(full)}"), len(policy)) == (256, 255)
    assert table_key_alias(full) != table_key_alias(f"{full[:-1]}x")
    assert policy != scaling_policy(f"table/{full}/index/{'i' * 255}", f"{'i' * 255}_write")


def test_security_group_of_an_application_called_sg_begins_otherwise() -> None:
    """EC2 refuses a group's name that begins as its ids do."""
    assert AwsNames("sg").security_group_prefix(service()) == "service-sg-web-"
    assert AwsNames("sga").security_group_prefix(service()) == "sga-web-"


def test_service_without_a_repository_is_named_as_app_runner_allows() -> None:
    """Only an ``Image`` is in a repository APPLICATION/SERVICE, with ECR's letters."""
    for origin in ({"image": EcrImage(repository="a/b", tag="1")}, {"image": None, "source": source()}):
        assert application(services=[service(name="Web__App-", **origin)])


def test_service_with_a_repository_is_named_as_ecr_allows(refusals: Refusals) -> None:
    """The message says whose rule it is."""
    assert only(refusals(lambda: application(services=[service(name="Web")]))) == (
        "services[0].name: must be lower-case letters, digits and single hyphens, got 'Web' "
        "(ECR CreateRepository: the service's own repository is APPLICATION/SERVICE)"
    )


@pytest.mark.parametrize(
    "repository",
    [
        "123456789012.dkr.ecr.us-east-1.amazonaws.com/web",
        "123456789012.dkr-ecr.us-east-1.on.aws/web",
        "public.ecr.aws/a/b",
    ],
)
def test_registry_in_a_repository_s_name_is_refused(refusals: Refusals, repository: str) -> None:
    """A host that was pasted is told from a name, though ECR's letters allow it."""
    assert only(refusals(lambda: EcrImage(repository=repository, tag="1").checked())) == (
        "repository: must be the repository's name alone: its registry is the account's in registry_id, or a "
        f"PublicImage's, got {repository!r} (ECR CreateRepository)"
    )


@pytest.mark.parametrize(
    ("check", "outside", "fits"),
    [
        (HealthCheck(protocol="TCP"), RegionHealthCheck(), False),
        (HealthCheck(protocol="TCP", path="/up"), RegionHealthCheck(), True),
        (HealthCheck(protocol="TCP"), RegionHealthCheck(path="/up"), True),
        (HealthCheck(), RegionHealthCheck(), True),
    ],
)
def test_tcp_check_with_a_domain_states_what_route_53_asks(
    check: HealthCheck,
    outside: RegionHealthCheck,
    fits: bool,  # noqa: FBT001 - a column of the table
) -> None:
    """A service that is only known to listen may answer / with 404, and its region would leave DNS."""
    domain = Domain(name="a.example", hosted_zone=HostedZone(name="a.example"), health_check=outside)
    found = [fault.path for fault in service(health_check=check, domain=domain).faults()]
    assert found == ([] if fits else ["domain.health_check.path"])


def test_role_of_runs_needs_a_stack(refusals: Refusals) -> None:
    """Without services and tables there is no workspace that a role could trust."""
    role = RunRole(policy_arns=[POLICY.format("aws")])
    state = CloudState(organization="acme", workspaces=Workspaces(role=role))
    assert only(refusals(lambda: application(state=state))).startswith(
        "state.workspaces.role: must be unset for an application without services and tables: it has no stack"
    )
    assert application(state=state, layout="single")


def test_key_that_is_no_text_has_a_path(refusals: Refusals) -> None:
    """A fault names its place whatever stands there, and so does one of what is below."""
    keys: Any = {None: VpcAccess(subnet_ids=["x"]), (1,): 5, 'a"\n': VpcAccess(subnet_ids=["x"])}
    found = refusals(lambda: application(services=[service(vpc=keys)]))
    assert {said.partition(": ")[0] for said in found} >= {
        "services[0].vpc[None].subnet_ids[0]",
        'services[0].vpc["(1,)"]',
        'services[0].vpc["a\\"\\n"].subnet_ids[0]',
    }


def test_access_to_a_table_that_is_none_is_one_fault(refusals: Refusals) -> None:
    """What follows from a table is not looked for where there is none."""
    found = refusals(lambda: application(services=[service(tables=[TableAccess(table="none")])]))
    assert only(found).startswith("services[0].tables[0].table: must be a table of the application (none), got 'none'")
