"""cdktf tokens: they are not held to bounds, and nothing that is not one passes for one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest

from latitude.spec import (
    AutoScaling,
    Domain,
    EcrImage,
    HealthCheck,
    HostedZone,
    Image,
    ScaledCapacity,
    SecretsManagerSecret,
    Service,
    VpcAccess,
)
from latitude.spec.tokens import is_token

if TYPE_CHECKING:
    from tests.unit.descriptions import Refusals

TEXT: Final = "${TfToken[TOKEN.1]}"
LIST: Final = "#{TfToken[TOKEN.2]}"
NUMBER: Final[Any] = -1.8881545897087503e289


@pytest.mark.parametrize("value", [TEXT, f"web-{TEXT}-x", LIST, "&{TfToken[TOKEN.3]}", NUMBER, -1.8881545897087505e289])
def test_token_of_every_encoding_is_known(value: object) -> None:
    """Texts, entries of lists, keys of maps and numbers of cdktf are tokens, alone or within a text."""
    assert is_token(value)


@pytest.mark.parametrize(
    "value",
    ["${aws_vpc.main.id}", "{TfToken[TOKEN.1]}", "TfToken", "", -1.0, -1e300, float("-inf"), float("nan"), 0, None],
)
def test_value_that_looks_like_a_token_is_none(value: object) -> None:
    """References of Terraform, great negative numbers and no number at all are no tokens."""
    assert not is_token(value)


def test_great_negative_number_is_refused(refusals: Refusals) -> None:
    """A number that is not a token is held to its bounds, however great."""
    value: Any = -1e300
    assert refusals(lambda: AutoScaling(min_size=value).checked()) == [
        "min_size: must be 1 to 25, got -1e+300 (App Runner CreateAutoScalingConfiguration)"
    ]


def test_token_of_a_text_skips_patterns_and_lengths() -> None:
    """A token stands where a name, an id, an ARN or a path would be refused."""
    Service(name=TEXT, image=Image(tag=TEXT), start_command=TEXT, environment={"A": TEXT}, tags={"a": TEXT}).checked()
    EcrImage(repository=TEXT, registry_id=TEXT, digest=TEXT).checked()
    SecretsManagerSecret(arns={"us-east-1": TEXT}, kms_key_arns={"us-east-1": TEXT}).checked()
    assert VpcAccess(subnet_ids=[LIST], security_group_ids=[LIST]).checked().subnet_ids == (LIST,)


def test_token_of_a_number_skips_ranges_and_choices() -> None:
    """A token stands where a number would be refused, and stays the float that cdktf knows."""
    described = Service(name="web", image=Image(tag="1"), cpu=NUMBER, memory=NUMBER, port=NUMBER).checked()
    assert (described.cpu, described.memory, described.port) == (NUMBER, NUMBER, NUMBER)
    assert HealthCheck(timeout_seconds=NUMBER).checked().timeout_seconds == NUMBER


@pytest.mark.parametrize(("cpu", "memory"), [(NUMBER, 512), (256, NUMBER), (TEXT, "12 GB"), ("0.25 vCPU", TEXT)])
def test_token_of_cpu_or_memory_skips_the_pairs(cpu: Any, memory: Any) -> None:
    """A pair of which one is not known yet is not refused."""
    assert is_token(Service(name="web", image=Image(tag="1"), cpu=cpu, memory=memory).checked().cpu) is is_token(cpu)


@pytest.mark.parametrize(("low", "high"), [(NUMBER, 3), (3, NUMBER), (NUMBER, NUMBER)])
def test_token_of_a_bound_is_not_compared(low: Any, high: Any) -> None:
    """A token is a great negative number: compared as one, it would be below every minimum."""
    assert AutoScaling(min_size=low, max_size=high).checked().max_size == high
    assert ScaledCapacity(min_units=low, max_units=high).checked().max_units == high


def test_token_of_a_domain_or_its_zone_is_not_compared() -> None:
    """A name that is not known yet may be in any zone."""
    assert Domain(name=TEXT, hosted_zone=HostedZone(name="example.com")).checked().name == TEXT
    assert Domain(name="shop.example.org", hosted_zone=HostedZone(name=TEXT)).checked().hosted_zone.name == TEXT
