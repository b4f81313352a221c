"""A request as it goes over the wire, and what comes back."""

from __future__ import annotations

import re
import socket
from dataclasses import dataclass, replace

_CONTINUES = re.compile(rb"^(HTTP/1\.. 100 [^\r]*\r\n\r\n)+")


@dataclass(frozen=True, kw_only=True)
class Sent:
    """What is sent. ``about`` says what it was and how it was broken; ``ends``, that the client sends no more, ever."""

    method: str
    target: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    about: str
    ends: bool = False

    def wire(self) -> bytes:
        """Return the bytes."""
        lines = [f"{self.method} {self.target} HTTP/1.1", *(f"{name}: {value}" for name, value in self.headers)]
        return "\r\n".join(lines).encode("latin-1", "replace") + b"\r\n\r\n" + self.body

    def having(self, name: str, value: str | None) -> Sent:
        """Return the request with this header instead of those of the name, or without them."""
        kept = tuple(header for header in self.headers if header[0].lower() != name.lower())
        return replace(self, headers=kept if value is None else (*kept, (name, value)))

    def with_body(self, body: bytes) -> Sent:
        """Return the request with another body, of the length that it says."""
        return replace(self.having("Content-Length", str(len(body))), body=body)


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What came back: a status, if anything did, and the rest as text."""

    status: int | None
    text: str


def ask(port: int, sent: bytes, *, ends: bool = False, seconds: float) -> Answer:
    """Send a request to loopback and read the whole answer. Raises ``TimeoutError`` if it does not come."""
    answer = b""
    with socket.create_connection(("127.0.0.1", port), timeout=seconds) as connection:
        try:
            connection.sendall(sent)
            if ends:
                connection.shutdown(socket.SHUT_WR)
            while not _is_whole(answer):
                piece = connection.recv(1 << 16)
                if not piece:
                    break
                answer += piece
        except ConnectionError:
            pass  # what came before it counts
    answer = _CONTINUES.sub(b"", answer)
    status = int(answer[9:12]) if answer.startswith(b"HTTP/1.") else None
    return Answer(status=status, text=answer.decode("utf-8", "replace"))


def _is_whole(answer: bytes) -> bool:
    head, gap, body = _CONTINUES.sub(b"", answer).partition(b"\r\n\r\n")
    length = re.search(rb"(?i)\r\ncontent-length: *([0-9]+)", head)
    return bool(gap) and length is not None and len(body) >= int(length[1])
