"""Route 53's rules and answers, as an extension of moto's Route 53."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from moto.route53.models import route53_backends

from latitude.sandbox.control import registry
from latitude.sandbox.control.members import NUMBER, TEXT, require_types
from latitude.sandbox.route53.answers import Answer, Considered
from latitude.sandbox.route53.models import RoutingBackend
from latitude.sandbox.route53.resolver import answer, resolve

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Answer", "Considered", "answer", "install", "resolve"]


def install() -> None:
    """Hold moto's Route 53 to Route 53's rules, and answer ``resolve`` on the control plane.

    May be called any number of times; zones made before the first are forgotten.
    """
    if route53_backends.backend is not RoutingBackend:
        route53_backends.clear()
        route53_backends.backend = RoutingBackend
    registry.add("resolve", _resolve)


def _resolve(request: Mapping[str, Any]) -> dict[str, Any]:
    require_types(request, name=TEXT, from_region_or_place=TEXT, record_type=TEXT, draw=NUMBER)
    return answer(**request)
