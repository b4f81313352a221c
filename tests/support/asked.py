"""What is asked of the embedded AWS, as the IAM actions that it would take in AWS."""

from __future__ import annotations

import io
import re
from contextlib import contextmanager
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any, Final
from unittest.mock import patch
from urllib.parse import parse_qs

from latitude.sandbox import calls
from latitude.sandbox.gateway import Gateway

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_ROUTE_53: Final = {
    r"hostedzone/[^/]+/rrset": "ListResourceRecordSets",
    r"hostedzone/[^/]+": "GetHostedZone",
    r"hostedzone": "ListHostedZones",
    r"hostedzonesbyname": "ListHostedZonesByName",
    r"healthcheck/[^/]+": "GetHealthCheck",
    r"tags/[^/]+/[^/]+": "ListTagsForResource",
    r"change/[^/]+": "GetChange",
}
"""The operations of Route 53 that read, by the paths of their requests (Route 53 API Reference)."""
_STATE: Final = "s3"
"""Terraform's own state: a role is given it apart from what a plan reads."""


@contextmanager
def asked() -> Iterator[set[str]]:
    """Collect the actions of all requests that arrive meanwhile, but for those to S3."""
    actions: set[str] = set()
    answer = Gateway.__call__

    def listening(gateway: Gateway, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        call = calls.read(environ)
        if call is not None and call.service != _STATE:
            actions.add(f"{call.service}:{_operation(environ)}")
        return answer(gateway, environ, start_response)

    with patch.object(Gateway, "__call__", listening):
        yield actions


def not_allowed(actions: Iterable[str], allowed: Sequence[str]) -> list[str]:
    """Return those of the actions that no entry of a statement allows, which may have wildcards."""
    return sorted(action for action in actions if not any(fnmatchcase(action, entry) for entry in allowed))


def _operation(environ: dict[str, Any]) -> str:
    target = str(environ.get("HTTP_X_AMZ_TARGET", ""))
    if target:
        return target.rpartition(".")[2]
    method, path = environ["REQUEST_METHOD"], environ["PATH_INFO"]
    if method == "GET":
        resource = re.sub(r"^/[0-9-]+/", "", path).rstrip("/")
        return next((name for form, name in _ROUTE_53.items() if re.fullmatch(form, resource)), f"{method} {path}")
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    environ["wsgi.input"] = io.BytesIO(body)
    stated = parse_qs(body.decode("utf-8", "replace")).get("Action")
    return f"{method} {path}" if stated is None else stated[0]
