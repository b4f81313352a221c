"""Resources with the ARNs that a description states already: keys, connections, secrets, web ACLs, hosted zones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from latitude.sandbox.control import registry
from latitude.sandbox.control.members import TEXT, require_types

if TYPE_CHECKING:
    from collections.abc import Mapping


def install() -> None:
    """Answer ``resource`` on the control plane. May be called any number of times."""
    registry.add("resource", _resource)


def _resource(request: Mapping[str, Any]) -> dict[str, Any]:
    from latitude.sandbox.stated.resources import make_resource  # noqa: PLC0415 - it imports five of moto's services

    require_types(request, arn=TEXT, name=TEXT, provider_type=TEXT)
    make_resource(**request)
    return {}
