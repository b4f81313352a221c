"""Route 53's rules and answers, as an extension of moto's Route 53."""

from __future__ import annotations

from sandbox.route53.answers import Answer, Considered
from sandbox.route53.resolver import answer, resolve

__all__ = ["Answer", "Considered", "answer", "install", "resolve"]


def install() -> None:
    """Hold moto's Route 53 to Route 53's rules. May be called any number of times; zones made before are forgotten."""
    from moto.route53.models import route53_backends  # noqa: PLC0415 - importing moto takes a third of a second

    from sandbox.route53.models import RoutingBackend  # noqa: PLC0415 - the same

    if route53_backends.backend is not RoutingBackend:
        route53_backends.clear()
        route53_backends.backend = RoutingBackend
