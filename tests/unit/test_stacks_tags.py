"""Tags: the organization's, the application's and a service's, on everything that can have them."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

import pytest

from latitude import (
    Application,
    Domain,
    HostedZone,
    IgnoredTags,
    Image,
    InvalidDescriptionError,
    PublicImage,
    Service,
    Table,
)
from latitude.spec.addresses import beginning
from tests.support.applications import APPLICATIONS
from tests.support.provider_schemas import FILE
from tests.support.synthesized import synthesized

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.template import Template

KEY: Final = "Of-Service"
TAGGABLE: Final = {
    kind
    for kind, schema in json.loads(FILE.read_text("utf-8"))["5.100.0"].items()
    if "tags" in schema["arguments"] and not kind.startswith("data.")
}
"""What the AWS provider can tag, of all that Latitude makes."""
SHARED: Final = {
    *("aws_appautoscaling_target", "aws_dynamodb_table", "aws_dynamodb_table_replica", "aws_kms_key"),
    *("aws_iam_openid_connect_provider", "aws_iam_role", "aws_route53_zone", "aws_s3_bucket"),
}
"""What belongs to no service, or not all of it: tables with their keys, roles of pipelines, zones, buckets."""


def marked(name: str) -> Iterator[Application]:
    """Yield one of ``APPLICATIONS``, in both layouts, with a tag for each service that names it."""
    application = APPLICATIONS[name]()
    services = [
        service.model_copy(update={"tags": {**service.tags, KEY: service.name}}) for service in application.services
    ]
    for layout in ("cells", "single"):
        yield application.model_copy(update={"services": services, "layout": layout})


def resources(stacks: dict[str, Template]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield the type, the name and the arguments of every taggable resource."""
    for template in stacks.values():
        for kind, named in template.document.get("resource", {}).items():
            if kind in TAGGABLE:
                yield from ((kind, name, arguments) for name, arguments in named.items())


def owner(application: Application, name: str) -> str | None:
    """Return the service that an address begins with."""
    found = [
        service.name
        for service in application.services
        if re.match(rf"{re.escape(beginning(service.name))}(_|$)", name)
    ]
    return found[0] if found else None


@pytest.mark.parametrize("name", [name for name in APPLICATIONS if APPLICATIONS[name]().services])
def test_tags_of_a_service_reach_everything_of_it(name: str) -> None:
    """Role, health check, security group and its rules, keys, repository, connector, scaling, and whatever comes."""
    for application in marked(name):
        for kind, address, arguments in resources(synthesized(application)):
            of = owner(application, address)
            assert (arguments.get("tags") or {}).get(KEY) == of, f"{kind}.{address}"
            if of is None:
                assert kind in SHARED, f"{kind}.{address} belongs to a service, or to what is shared: say so"


def test_what_services_have_is_all_among_those_applications() -> None:
    """The test above looks at every type of resource that a service can have and AWS can tag."""
    found = {
        kind
        for name in APPLICATIONS
        for application in marked(name)
        for kind, address, _ in resources(synthesized(application))
        if owner(application, address) is not None
    }
    assert found == TAGGABLE - SHARED | {"aws_iam_role", "aws_kms_key"}


def described(**stated: Any) -> Application:
    """Return an application with a service that has a domain, and a table."""
    service_tags, domain = stated.pop("service_tags", {}), stated.pop("domain", True)
    zone = Domain(name="a.example.com", hosted_zone=HostedZone(name="example.com")) if domain else None
    services = (Service(name="web", image=Image(tag="1"), domain=zone, tags=service_tags),)
    return Application(name="orders", regions=("us-east-1",), services=services, **stated)


@pytest.mark.parametrize(
    ("tags", "service_tags", "written"),
    [
        ({}, {}, {"Application": "orders", "ManagedBy": "Latitude"}),
        ({"application": "shop"}, {}, {"ManagedBy": "Latitude", "application": "shop"}),
        ({"MANAGEDBY": "us"}, {}, {"Application": "orders", "MANAGEDBY": "us"}),
        ({"Application": "shop"}, {}, {"Application": "shop", "ManagedBy": "Latitude"}),
        ({}, {"managedby": "web team"}, {"Application": "orders", "managedby": "Latitude"}),
        ({"managedby": "us"}, {"managedby": "web team"}, {"Application": "orders", "managedby": "us"}),
    ],
)
def test_key_that_differs_from_latitudes_in_case_wins(
    tags: dict[str, str], service_tags: dict[str, str], written: dict[str, str]
) -> None:
    """IAM takes ``application`` and ``Application`` for one key, and would end an apply half-way."""
    for stack, template in synthesized(described(tags=tags, service_tags=service_tags)).items():
        for provider in template.providers:
            assert provider["default_tags"] == [{"tags": written}], stack


@pytest.mark.parametrize("name", APPLICATIONS)
def test_no_role_has_two_keys_that_differ_in_case(name: str) -> None:
    """Whatever the spelling of a service's or application's tags, IAM finds no duplicate among those of a role."""
    application = APPLICATIONS[name]()
    services = [
        service.model_copy(update={"tags": {"application": service.name, "TEAM": "x"}})
        for service in application.services
    ]
    tags = {"TEAM": "core", "managedBy": "us"}
    for template in synthesized(application.model_copy(update={"services": services, "tags": tags})).values():
        defaults = {provider["alias"]: provider["default_tags"][0]["tags"] for provider in template.providers}
        for role in template.document.get("resource", {}).get("aws_iam_role", {}).values():
            keys = {*defaults[role["provider"].removeprefix("aws.")], *role.get("tags", {})}
            assert len({key.lower() for key in keys}) == len(keys)


def test_clash_in_case_with_the_applications_tags_is_a_fault() -> None:
    """The fault names the key, and how it is spelled elsewhere."""
    with pytest.raises(InvalidDescriptionError) as refused:
        described(tags={"Team": "core"}, service_tags={"team": "web"})
    (found,) = refused.value.faults
    assert found.path == "services[0].tags.team"
    assert found.message.startswith("must be spelled 'Team', as it is elsewhere, got 'team' (IAM")


def test_two_services_that_spell_latitudes_key_in_two_ways_are_a_fault() -> None:
    """One spelling is taken over for everything; the other would be a duplicate beside it."""
    services = [
        Service(name=name, image=PublicImage(identifier="public.ecr.aws/nginx/nginx:stable"), tags={key: "x"})
        for name, key in (("one", "application"), ("two", "APPLICATION"))
    ]
    with pytest.raises(InvalidDescriptionError, match=r"services\[1\].tags.APPLICATION: must be spelled 'application'"):
        Application(name="orders", regions=("us-east-1",), services=services)


def many(count: int, beginning: str) -> dict[str, str]:
    """Return that many tags."""
    return {f"{beginning}{number}": "x" for number in range(count)}


@pytest.mark.parametrize(
    ("tags", "service_tags", "domain", "path"),
    [
        (7, 0, True, None),
        (8, 0, True, "tags"),
        (3, 4, True, None),
        (3, 5, True, "services[0].tags"),
        (30, 15, False, None),
        (30, 16, False, "services[0].tags"),
    ],
)
def test_health_check_takes_ten_tags(tags: int, service_tags: int, domain: bool, path: str | None) -> None:  # noqa: FBT001  a parameter of a test
    """Latitude's two and the name count; without a domain there is no health check, and 45 are left."""
    stated = {"tags": many(tags, "a"), "service_tags": many(service_tags, "s"), "domain": domain}
    if path is None:
        described(**stated)
        return
    with pytest.raises(InvalidDescriptionError) as refused:
        described(**stated)
    assert [fault.path for fault in refused.value.faults] == [path]


def test_ignored_tags_are_on_every_provider() -> None:
    """Keys and prefixes as they are stated; without any, no block."""
    ignored = IgnoredTags(keys=("LastSeen",), key_prefixes=("c7n:", "org/"))
    for name in APPLICATIONS:
        for template in synthesized(APPLICATIONS[name]().model_copy(update={"ignore_tags": ignored})).values():
            for provider in template.document["provider"].get("aws", []):
                assert provider["ignore_tags"] == [{"keys": ["LastSeen"], "key_prefixes": ["c7n:", "org/"]}]
    for template in synthesized(described()).values():
        assert all("ignore_tags" not in provider for provider in template.providers)


@pytest.mark.parametrize(
    ("ignored", "path"),
    [
        (IgnoredTags(keys=("Team",)), "ignore_tags.keys[0]"),
        (IgnoredTags(keys=("x", "Application")), "ignore_tags.keys[1]"),
        (IgnoredTags(keys=("Name",)), "ignore_tags.keys[0]"),
        (IgnoredTags(key_prefixes=("Data:",)), "ignore_tags.key_prefixes[0]"),
        (IgnoredTags(key_prefixes=("Man",)), "ignore_tags.key_prefixes[0]"),
    ],
)
def test_ignored_tag_that_is_given_here_is_a_fault(ignored: IgnoredTags, path: str) -> None:
    """Terraform would plan to add it for ever."""
    table = Table(name="t", hash_key="id", attributes={"id": "S"}, tags={"Data:kind": "x"})
    with pytest.raises(InvalidDescriptionError) as refused:
        described(tags={"Team": "core"}, tables=(table,), ignore_tags=ignored)
    assert [fault.path for fault in refused.value.faults] == [path]
