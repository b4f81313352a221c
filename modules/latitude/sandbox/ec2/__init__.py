"""Subnets with ids that a description states already, as an extension of moto's EC2."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from latitude.sandbox.control import registry

if TYPE_CHECKING:
    from collections.abc import Mapping


def install() -> None:
    """Answer ``subnets`` on the control plane. May be called any number of times."""
    registry.add("subnets", _subnets)


def _subnets(request: Mapping[str, Any]) -> dict[str, Any]:
    from latitude.sandbox.ec2.subnets import make_subnets  # noqa: PLC0415 - importing moto's EC2 takes half a second

    make_subnets(region=request["region"], subnet_ids=request["subnet_ids"])
    return {}
