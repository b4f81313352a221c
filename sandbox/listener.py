"""The HTTP server: moto's, quiet, and closing every connection when it stops."""

from __future__ import annotations

import contextlib
import socket
import threading
from typing import Any

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, MotoRequestHandler, create_backend_app
from werkzeug.serving import make_server

from sandbox.gateway import Gateway


class Listener:
    """A threaded HTTP server in front of moto's dispatcher."""

    def __init__(self, *, host: str, port: int) -> None:
        """Bind at once. Raises ``OSError`` if the port is taken."""
        self._connections: set[socket.socket] = set()
        self._host = f"[{host}]" if ":" in host else host
        gateway = Gateway(DomainDispatcherApplication(create_backend_app))
        handler = _handler(self._connections)
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        # werkzeug ends the process when it cannot bind; so bind here, and let it copy the descriptor.
        with socket.create_server((host, port), family=family, backlog=128) as bound:
            self._server = make_server(host, port, gateway, threaded=True, request_handler=handler, fd=bound.fileno())
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, name="sandbox", daemon=True
        )

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://{self._host}:{self._server.port}"

    def start(self) -> None:
        """Serve in a thread."""
        self._thread.start()

    def stop(self) -> None:
        """Stop accepting, then close what is open, so that no client goes on talking to a stopped sandbox."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
        for connection in list(self._connections):
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


def _handler(connections: set[socket.socket]) -> type[MotoRequestHandler]:
    class Handler(MotoRequestHandler):
        """moto's handler, which logs nothing and says which connections are open."""

        def setup(self) -> None:
            connections.add(self.request)
            super().setup()

        def finish(self) -> None:
            connections.discard(self.request)
            super().finish()

        def log(self, *args: Any) -> None:
            """Terraform's thousands of requests would bury what the user wants to read."""

    return Handler
