"""Answer control calls: each is a JSON object, by POST; so is its answer."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from moto.core.exceptions import ServiceException

from latitude.sandbox import faults, regions, services
from latitude.sandbox.apprunner.control import service_statuses
from latitude.sandbox.control import registry
from latitude.sandbox.control.client import PREFIX
from latitude.sandbox.control.members import TEXT, TRUTH, require_types

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def answer(environ: Mapping[str, Any], body: bytes, start_response: Any) -> Iterable[bytes]:
    """Answer one control call: 200, 400 for a request that is refused, 404 for a route that does not exist."""
    route = registry.routes.get(environ["PATH_INFO"].removeprefix(PREFIX))
    if route is None:
        return _send(start_response, "404 Not Found", {"error": f"no such control route: {environ['PATH_INFO']}"})
    if environ["REQUEST_METHOD"] != "POST" or environ.get("CONTENT_TYPE") != "application/json":
        return _send(start_response, "400 Bad Request", {"error": "must be a POST of application/json"})
    try:
        request = json.loads(body or b"{}")
        if not isinstance(request, dict):
            return _send(start_response, "400 Bad Request", {"error": "must be a JSON object"})
        return _send(start_response, "200 OK", route(request))
    except ServiceException as error:
        return _send(start_response, "400 Bad Request", {"error": error.message})
    except (AttributeError, KeyError, OverflowError, RecursionError, TypeError, ValueError) as error:
        return _send(start_response, "400 Bad Request", {"error": str(error)})


def _send(start_response: Any, status: str, document: Any) -> Iterable[bytes]:
    body = json.dumps(document).encode()
    start_response(status, [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
    return [body]


def _status(_: Mapping[str, Any]) -> dict[str, Any]:
    return {"dark_regions": regions.dark(), "faults": faults.current(), "services": service_statuses()}


def _region(request: Mapping[str, Any]) -> dict[str, Any]:
    require_types(request, region=TEXT, dark=TRUTH, mode=TEXT)
    if request["mode"] not in ("503", "drop"):
        msg = f"mode: must be 503 or drop, got {request['mode']!r}"
        raise ValueError(msg)
    if request["dark"]:
        regions.darken(request["region"], mode=request["mode"])
    else:
        regions.lighten(request["region"])
    return {}


def _add_fault(request: Mapping[str, Any]) -> dict[str, Any]:
    faults.add(faults.Fault(**request))
    return {}


def _clear_faults(_: Mapping[str, Any]) -> dict[str, Any]:
    faults.clear()
    return {}


def _reset(_: Mapping[str, Any]) -> dict[str, Any]:
    services.forget()
    return {}


for _name, _route in {
    "status": _status,
    "region": _region,
    "add-fault": _add_fault,
    "clear-faults": _clear_faults,
    "reset": _reset,
}.items():
    registry.add(_name, _route)
