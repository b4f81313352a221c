"""A backend for states on loopback, which can be full."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, ClassVar

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator


class States(BaseHTTPRequestHandler):
    """Keeps one state for Terraform's backend ``http``; while it is full it takes none."""

    kept: ClassVar[bytes] = b""
    full: ClassVar[bool] = False

    def do_GET(self) -> None:
        """Answer with the state."""
        self._answer(200 if self.kept else 404, self.kept)

    def do_POST(self) -> None:
        """Take a state."""
        sent = self.rfile.read(int(self.headers["Content-Length"]))
        if not self.full:
            States.kept = sent
        self._answer(507 if self.full else 200)

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def _answer(self, status: int, body: bytes = b"") -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def states() -> Iterator[dict[str, Any]]:
    """Return a backend that keeps states on loopback."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), States)
    States.kept, States.full = b"", False
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield {"http": {"address": f"http://127.0.0.1:{server.server_port}/", "retry_max": 0}}
    server.shutdown()
    server.server_close()
