"""A control call with a member of a wrong type is refused, and leaves nothing behind that fails a later call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest

from latitude.sandbox.control import Control, ControlError

if TYPE_CHECKING:
    from latitude.sandbox.pytest_plugin import ClientFactory

pytestmark = pytest.mark.sandbox

ACCOUNT: Final = "arn:aws:{}:us-east-1:123456789012:"
GOOD: Final[dict[str, dict[str, Any]]] = {
    "add-fault": {
        "kind": "latency",
        "service": "ec2",
        "region": "us-east-1",
        "probability": 1.0,
        "seconds": 0.1,
        "seed": 0,
    },
    "region": {"region": "us-west-2", "dark": True, "mode": "503"},
    "service-health": {"service_arn": ACCOUNT.format("apprunner") + "service/web/0", "healthy": True},
    "domain-wavering": {"domain_name": "shop.example.com", "region": "us-east-1", "wavers": True},
    "image-health": {"digest": "sha256:0", "region": "us-east-1", "healthy": False},
    "complete-handshake": {"connection_arn": ACCOUNT.format("apprunner") + "connection/code/0"},
    "network": {"region": "us-east-1", "ids": ["subnet-1"], "vpc_id": "vpc-1"},
    "resource": {"arn": ACCOUNT.format("apprunner") + "connection/code/0", "provider_type": "GITHUB"},
    "resolve": {"name": "example.com", "from_region_or_place": "us-east-1", "record_type": "A", "draw": 0.5},
}
WRONG: Final = (5, True, "1", None, [1], {"a": 1}, 10**400, float("nan"), float("inf"), -1)
_ALSO_RIGHT: Final = {
    "add-fault service": ("1", None),
    "add-fault region": ("1", None),
    "add-fault probability": (),
    "add-fault seed": (5, 10**400, -1),
    "add-fault seconds": (5,),
    "region region": ("1",),
    "region dark": (True,),
    "service-health healthy": (True,),
    "domain-wavering domain_name": ("1",),
    "domain-wavering region": ("1",),
    "domain-wavering wavers": (True,),
    "image-health digest": ("1",),
    "image-health healthy": (True,),
    "network vpc_id": ("1", None),
    "resource provider_type": ("1",),
    "resolve name": ("1",),
    "resolve draw": (5, 10**400, WRONG[7], float("inf"), -1),
    "resolve record_type": ("1",),
}
"""What is of the right type all the same, or asks about nothing that is kept."""


@pytest.mark.parametrize("route", GOOD)
def test_wrong_member_is_refused_and_leaves_nothing(control: Control, client: ClientFactory, route: str) -> None:
    """One member at a time: the answer is an error that names it, and AWS is answered as before."""
    for name, wrong in [(name, wrong) for name in GOOD[route] for wrong in WRONG]:
        if any(wrong is kept or wrong == kept for kept in _ALSO_RIGHT.get(f"{route} {name}", ())):
            continue
        with pytest.raises(ControlError) as refused:
            control.call(route, **{**GOOD[route], name: wrong})
        if name not in {"service_arn", "connection_arn"} or not isinstance(wrong, str):
            assert str(refused.value).startswith(f"{name}: must be "), refused.value
    assert control.status() == {"dark_regions": {}, "faults": [], "services": []}
    assert client("ec2").describe_vpcs()["Vpcs"][0]["IsDefault"]
    assert client("apprunner").list_connections()["ConnectionSummaryList"] == []


def test_add_fault_has_bounds_and_a_count_of_its_own(control: Control, client: ClientFactory) -> None:
    """How often a fault struck is counted, not given; none lets a call wait for longer than an hour."""
    for name in ("strikes", "_random"):
        with pytest.raises(ControlError, match=name):
            control.call("add-fault", kind="error", **{name: "many"})
    for kind in ("latency", "throttle"):
        for seconds in (3601, float("nan"), float("inf"), -1, 10**400):
            with pytest.raises(ControlError, match=r"^seconds: must be 0 to 3600, got "):
                control.call("add-fault", kind=kind, seconds=seconds)
    assert client("dynamodb").list_tables()["TableNames"] == []
