"""The HTTP server: moto's, but quiet."""

from __future__ import annotations

import contextlib
import socket
import threading
from typing import Any

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, MotoRequestHandler, create_backend_app
from werkzeug.serving import make_server

from latitude.sandbox.gateway import Gateway

_BACKLOG = 128
_POLL_SECONDS = 0.05


class Listener:
    """A threaded HTTP server in front of moto's dispatcher. Each answer closes its connection."""

    def __init__(self, *, host: str, port: int) -> None:
        """Bind at once. Raises ``OSError`` if the port is taken."""
        self._host = f"[{host}]" if ":" in host else host
        gateway = Gateway(DomainDispatcherApplication(create_backend_app))
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        # werkzeug ends the process when it cannot bind; so bind here, and let it copy the descriptor.
        with socket.create_server((host, port), family=family, backlog=_BACKLOG) as bound:
            self._server = make_server(
                host, port, gateway, threaded=True, request_handler=_QuietHandler, fd=bound.fileno()
            )
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


class _QuietHandler(MotoRequestHandler):
    # An answer is sent whole: Go's client was seen to close, and to ask again, between the headers and a body that came
    # 2 ms after them on a busy machine.
    wbufsize = 1 << 16

    def finish(self) -> None:
        """Send what is left, unless the client has gone: that is no error of the sandbox's."""
        with contextlib.suppress(ConnectionError):
            super().finish()

    def log(self, *args: Any) -> None:
        """Log nothing: Terraform's thousands of requests would bury what the user wants to read."""
