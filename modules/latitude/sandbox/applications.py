"""moto's services as WSGI applications, each made when it is first asked for.

moto's own server has all of its services, its control API and cross-origin headers, which are not wanted here.
"""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Any, cast

from flask import Flask, Response, request
from flask import Request as FlaskRequest
from moto.backends import get_backend
from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.core.request import Request
from werkzeug.routing import BaseConverter, Map

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_METHODS = ("GET", "POST", "PUT", "DELETE", "HEAD", "PATCH")


class _BackendRequest(Request, FlaskRequest):
    from_wsgi_server = True


class _Pattern(BaseConverter):
    """Part of a path that is given by a regular expression: moto's paths have them."""

    part_isolating = False

    def __init__(self, url_map: Map, *items: str) -> None:
        super().__init__(url_map)
        self.regex = items[0]


class Applications:
    """The applications of this process."""

    def __init__(self) -> None:
        self._made: dict[str, Flask] = {}
        self._lock = Lock()

    def answer(self, package: str, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Let a package of moto answer a request. Raises what it raises."""
        with self._lock:
            if package not in self._made:
                self._made[package] = _make(package)

        def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            return start_response(status, [pair for pair in headers if not _lets_pages_read(pair[0])], *more)

        answer: Iterable[bytes] = self._made[package](environ, start)
        return answer


def _make(package: str) -> Flask:
    made = Flask("moto")
    made.config["PROPAGATE_EXCEPTIONS"] = True
    made.request_class = _BackendRequest
    made.view_functions = {}
    made.url_map = Map()
    made.url_map.converters["regex"] = _Pattern
    regional = cast("Any", get_backend)(package)[DEFAULT_ACCOUNT_ID]
    backend = regional["us-east-1" if "us-east-1" in regional else "aws"]
    for number, (path, handler) in enumerate(backend.flask_paths.items()):
        if path:
            made.add_url_rule(
                path, endpoint=str(number), methods=_METHODS, view_func=_view(handler), strict_slashes=False
            )
    return made


def _view(handler: Callable[..., Any]) -> Callable[..., Response]:
    def view(**_: Any) -> Response:
        asked: Any = request._get_current_object()  # type: ignore[attr-defined] # noqa: SLF001 - moto wants it bare
        status, headers, content = handler(asked, asked.raw_url, dict(asked.headers))
        response = Response(response=content, status=status, headers=headers)
        if asked.method == "HEAD" and "content-length" in headers:
            response.headers["Content-Length"] = headers["content-length"]
        return response

    return view


def _lets_pages_read(header: str) -> bool:
    return header.lower().startswith("access-control-")
