"""The HTTP server: quiet, and patient with no client for long."""

from __future__ import annotations

import contextlib
import socket
import threading
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from werkzeug.serving import WSGIRequestHandler, make_server

from latitude.sandbox.gateway import Gateway

_BACKLOG = 128
_POLL_SECONDS = 0.05


class Listener:
    """A threaded HTTP server in front of moto. Each answer closes its connection."""

    def __init__(self, *, host: str, port: int) -> None:
        """Bind at once. Raises ``OSError`` if the port is taken."""
        self._host = f"[{host}]" if ":" in host else host
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        # werkzeug ends the process when it cannot bind; so bind here, and let it copy the descriptor.
        with socket.create_server((host, port), family=family, backlog=_BACKLOG) as bound:
            gateway = Gateway(port=bound.getsockname()[1])
            self._server = make_server(
                host, port, gateway, threaded=True, request_handler=_QuietHandler, fd=bound.fileno()
            )
        # What is wrong with a request is in its answer; what is wrong with a connection is its client's affair.
        self._server.log = _say_nothing  # type: ignore[assignment,method-assign] # werkzeug would write to stderr
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": _POLL_SECONDS}, name="sandbox", daemon=True
        )

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://{self._host}:{self._server.port}"

    def start(self) -> None:
        """Serve in a thread."""
        self._thread.start()

    def stop(self) -> None:
        """Stop accepting and free the port."""
        self._server.shutdown()
        self._thread.join()


class _QuietHandler(WSGIRequestHandler):
    # For each read and write: a client that announces more than it sends must not keep a thread.
    timeout = 30
    # An answer is sent whole: Go's client was seen to close, and to ask again, between the headers and a body that came
    # 2 ms after them on a busy machine.
    wbufsize = 1 << 16

    def make_environ(self) -> dict[str, Any]:
        """Leave chunks to the gateway: werkzeug's reader of chunks, met with a short one, takes the process with it."""
        environ: dict[str, Any] = super().make_environ()
        environ.pop("wsgi.input_terminated", None)
        environ["wsgi.input"] = self.rfile
        return environ

    def run_wsgi(self) -> None:
        """Answer one request, unless its target or its length can be read in two ways."""
        try:
            urlsplit(self.path)
        except ValueError:
            self.send_error(HTTPStatus.BAD_REQUEST, "The request's target can't be read")
            return
        if len(self.headers.get_all("Content-Length", [])) > 1 or len(self.headers.get_all("Host", [])) > 1:
            self.send_error(HTTPStatus.BAD_REQUEST, "Content-Length and Host must be given once")
            return
        super().run_wsgi()

    def handle_expect_100(self) -> bool:
        """Leave it to ``run_wsgi``, which says it too."""
        return True

    def finish(self) -> None:
        """Send what is left, unless the client has gone: that is no error of the sandbox's."""
        with contextlib.suppress(ConnectionError, TimeoutError):
            super().finish()

    def log_request(self, *args: Any) -> None:
        """Log nothing: werkzeug reads the target for it, and fails where that can't be read."""

    def log(self, *args: Any) -> None:
        """Log nothing: Terraform's thousands of requests would bury what the user wants to read."""


def _say_nothing(*_: Any) -> None:
    pass
