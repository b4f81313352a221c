"""What the parts of an application allow each other to be: names, zones, tags, regions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from latitude.spec import Domain, HostedZone
from tests.unit.descriptions import application, only, service, table

if TYPE_CHECKING:
    from tests.unit.descriptions import Refusals


@pytest.mark.parametrize(
    ("field", "parts"),
    [("services", [service(), service()]), ("tables", [table(name="a.b"), table(name="a-b")])],
)
def test_names_that_are_the_same_in_terraform_are_refused(refusals: Refusals, field: str, parts: list[Any]) -> None:
    """Two parts would have one address, also where they differ in what an address can't have."""
    names = ", ".join(repr(part.name) for part in parts)
    address = {"services": "web", "tables": "a_b"}[field]
    assert only(refusals(lambda: application(**{field: parts}))) == (
        f"{field}[1].name: must have names of their own, also as {address}, got {names} "
        "(Latitude: a name is part of a Terraform address, in letters, digits and _)"
    )


def test_domain_of_two_services_is_refused(refusals: Refusals) -> None:
    """One owner of a name, ``www`` included."""
    zone = HostedZone(name="example.com")
    services = [
        service(name="web", domain=Domain(name="example.com", hosted_zone=zone, www=True)),
        service(name="api", domain=Domain(name="www.example.com", hosted_zone=zone)),
    ]
    assert only(refusals(lambda: application(services=services))) == (
        "services: must have domains of their own, got 'www.example.com' 2 times (Route 53)"
    )


def test_zone_stated_in_two_ways_is_refused(refusals: Refusals) -> None:
    """A zone is looked up or made here, not both."""
    services = [
        service(name="web", domain=Domain(name="a.example.com", hosted_zone=HostedZone(name="example.com"))),
        service(
            name="api", domain=Domain(name="b.example.com", hosted_zone=HostedZone(name="example.com", create=True))
        ),
    ]
    assert only(refusals(lambda: application(services=services))) == (
        "services[0].domain.hosted_zone: must be stated as for the other domains in example.com, "
        "got HostedZone(name='example.com', zone_id=None, create=False, account=None) (Latitude)"
    )


def test_zone_made_here_has_no_id(refusals: Refusals) -> None:
    """A zone that does not exist yet has no id."""
    assert only(refusals(lambda: HostedZone(name="example.com", zone_id="Z123", create=True).checked())) == (
        "zone_id: must be unset for a zone that is made here, got 'Z123' (Latitude)"
    )


@pytest.mark.parametrize(("length", "fits"), [(249, True), (250, False)])
def test_name_with_www_leaves_room_for_it(length: int, fits: bool) -> None:  # noqa: FBT001 - a column of the table
    """``www.`` in front of a name counts."""
    name = ".".join(["a" * 49] * 5)[: length - 1] + "a"
    faults = [str(fault) for fault in Domain(name=name, hosted_zone=HostedZone(name=name), www=True).faults()]
    found = [fault for fault in faults if fault.startswith("name: ")]
    assert (found == []) is fits
    if not fits:
        assert only(found).startswith(f"name: must be 1 to 249 characters with www, got {length}: 'aaa")


@pytest.mark.parametrize(("length", "www", "fits"), [(238, False, True), (239, False, False), (235, True, False)])
def test_name_leaves_room_for_the_name_of_a_region(length: int, www: bool, fits: bool) -> None:  # noqa: FBT001 - columns
    """``ap-northeast-1.`` in front of a name counts, for the region's own record set."""
    name = ".".join(["a" * 49] * 5)[: length - 1] + "a"
    found = [str(fault) for fault in Domain(name=name, hosted_zone=HostedZone(name=name), www=www).faults()]
    assert (found == []) is fits
    if not fits:
        assert only(found).startswith(f"region_name: must make names below {name} of at most 253 characters")


@pytest.mark.parametrize(
    ("region_name", "message"),
    [
        ("{region}.at.{domain}", None),
        ("{region}-{domain}", None),
        (
            "eu.{domain}",
            "region_name: must have {region} in it once, got 'eu.{domain}' (Latitude: a name for each region)",
        ),
        ("{region}.{region}.{domain}", "region_name: must have {region} in it once"),
        (
            "{domain}.{region}",
            "region_name: must be small letters, digits, . and -, with {region} in it and {domain} at",
        ),
        ("-{region}.{domain}", "region_name: must make names below example.com"),
    ],
)
def test_region_name_makes_names_that_dns_allows(region_name: str, message: str | None) -> None:
    """A region's own record set can be called otherwise, within the zone, and each region's differently."""
    domain = Domain(name="a.example.com", hosted_zone=HostedZone(name="example.com"), region_name=region_name)
    found = [str(fault) for fault in domain.faults()]
    assert found == [] if message is None else only(found).startswith(message), found


def test_region_name_of_the_apex_stays_below_it() -> None:
    """A name that is joined with a hyphen is beside the zone, not in it."""
    apex = Domain(name="example.com", hosted_zone=HostedZone(name="example.com"), region_name="{region}-{domain}")
    assert only([str(fault) for fault in apex.faults()]).startswith(
        "region_name: must make names below example.com of at most 253 characters, with labels of 1 to 63, got "
    )


def test_domain_that_is_the_name_of_a_region_is_refused(refusals: Refusals) -> None:
    """A region's own record set has its name for itself."""
    zone = HostedZone(name="example.com")
    services = [
        service(name="web", domain=Domain(name="example.com", hosted_zone=zone)),
        service(name="api", domain=Domain(name="us-east-1.example.com", hosted_zone=zone)),
    ]
    assert only(refusals(lambda: application(services=services))) == (
        "services: must have domains of their own, got 'us-east-1.example.com' 2 times (Route 53)"
    )


def test_routing_leans_on_the_second_region_unless_it_is_told() -> None:
    """The home region can be drained while it is down; one region leans on itself."""
    assert application().leaning_region == "us-west-2"
    assert application(regions=["us-east-1"]).leaning_region == "us-east-1"
    assert application(routing_region="ca-central-1").leaning_region == "ca-central-1"


def test_routing_region_that_is_none_is_refused(refusals: Refusals) -> None:
    """It is the name of a region, not necessarily one with App Runner."""
    assert only(refusals(lambda: application(routing_region="moon"))) == (
        "routing_region: must be a region, such as us-east-1, got 'moon' (AWS General Reference, regional endpoints)"
    )


@pytest.mark.parametrize("holder", ["services", "tables"])
def test_tags_too_many_together_are_refused(refusals: Refusals, holder: str) -> None:
    """AWS counts the application's tags and a part's own together, the same key once."""
    of_application = {f"a{number}": "" for number in range(25)}
    own = {f"b{number}": "" for number in range(21)}
    make = {"services": service, "tables": table}[holder]
    assert only(refusals(lambda: application(tags=of_application, **{holder: [make(tags=own)]}))) == (
        f"{holder}[0].tags: must be at most 45 with the application's, got 46 "
        "(AWS tagging rules: 50, five kept for Latitude's own)"
    )
    shared = {**dict.fromkeys(list(own)[:20], ""), "a1": "replaced"}
    assert application(tags=of_application, **{holder: [make(tags=shared)]})


@pytest.mark.parametrize(
    "tags",
    [
        {"Team": "a", "team": "b"},
        {"aws:x": "1"},
        {"AWS:x": "1"},
        {"a#b": "1"},
        {"a": "x;y"},
        {"\N{ROCKET}": "1"},
        {"a": "5\N{EURO SIGN}"},
        {"a": "e\N{COMBINING ACUTE ACCENT}"},
    ],
)
def test_tags_that_iam_refuses_are_refused(tags: dict[str, str]) -> None:
    """The application's tags are its roles' too, and IAM is the strictest."""
    found = [fault.message for fault in service(tags=tags).faults()]
    assert "IAM" in only(found)


@pytest.mark.parametrize("tags", [{"Größe": "größer als 5 +-@:/"}, {"cost center": "a_b.c:/=+-@"}, {"a": ""}])
def test_tags_that_iam_takes_are_accepted(tags: dict[str, str]) -> None:
    """Letters of every script, spaces and IAM's own list of characters are taken."""
    assert service(tags=tags).checked().tags == tags


def test_draining_every_region_is_refused(refusals: Refusals) -> None:
    """DNS must lead somewhere."""
    assert refusals(lambda: application(draining={"us-east-1", "us-west-2"})) == [
        "draining: must leave a region that serves, got all of us-east-1, us-west-2 (Route 53)"
    ]


def test_draining_a_foreign_region_is_refused(refusals: Refusals) -> None:
    """A region with a slip of the pen would drain nothing."""
    assert refusals(lambda: application(draining={"us-east-2"})) == [
        "draining: must be regions of the application (us-east-1, us-west-2), got 'us-east-2' (Latitude)"
    ]


def test_draining_one_region_leaves_the_others() -> None:
    """Draining takes a region out of those that serve, and leaves it among the regions."""
    drained = application(draining={"us-east-1"})
    assert (drained.regions, drained.serving_regions) == (("us-east-1", "us-west-2"), ("us-west-2",))


def test_former_region_that_is_still_one_of_the_regions_is_refused(refusals: Refusals) -> None:
    """A region is the application's or was: never both."""
    assert refusals(lambda: application(former_regions={"us-west-2"})) == [
        "former_regions: must not be among the application's regions, got 'us-west-2' (Latitude)"
    ]


def test_former_region_without_app_runner_is_refused(refusals: Refusals) -> None:
    """No application was ever in a region that App Runner is not in."""
    (found,) = refusals(lambda: application(former_regions={"moon-1"}))
    assert found.startswith("former_regions: must be of ")
    assert found.endswith(", got 'moon-1' (App Runner endpoints)")
