"""Networks with ids that a description states already, and App Runner's endpoints, as an extension of moto's EC2."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from latitude.sandbox.control import registry
from latitude.sandbox.control.members import TEXT, TEXT_OR_NULL, TEXTS, require_types

if TYPE_CHECKING:
    from collections.abc import Mapping


def install() -> None:
    """Answer ``network`` on the control plane. May be called any number of times."""
    registry.add("network", _network)


def install_late() -> None:
    """Let EC2 list the services that endpoints can lead to. May be called any number of times."""
    from latitude.sandbox.ec2 import endpoints  # noqa: PLC0415 - importing moto's EC2 takes half a second

    endpoints.install()


def _network(request: Mapping[str, Any]) -> dict[str, Any]:
    from latitude.sandbox.ec2.networks import make_network  # noqa: PLC0415 - importing moto's EC2 takes half a second

    require_types(request, region=TEXT, ids=TEXTS, vpc_id=TEXT_OR_NULL)
    make_network(**request)
    return {}
