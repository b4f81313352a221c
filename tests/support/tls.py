"""HTTPS on loopback, with a certificate of its own, for stand-ins that Terraform talks to."""

from __future__ import annotations

import datetime as dt
import json
import ssl
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    Answer = Callable[[str, str, bytes], tuple[int, Any]]

HOST: Final = "localhost"
_DAY: Final = dt.timedelta(days=1)


def server(answer: Answer, *, headers: Mapping[str, str], certificate: Path) -> ThreadingHTTPServer:
    """Return a server on a free port that answers by method, path and body; write its certificate to a file."""
    made = ThreadingHTTPServer(("127.0.0.1", 0), _handler(answer, headers))
    made.socket = _context(certificate).wrap_socket(made.socket, server_side=True)
    return made


def _handler(answer: Answer, headers: Mapping[str, str]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: Any) -> None:
            """Keep quiet."""

        def handle_any(self) -> None:
            """Answer whatever is asked."""
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            status, said = answer(self.command, self.path.partition("?")[0], body)
            data = said if isinstance(said, bytes) else json.dumps(said).encode()
            self.send_response(status)
            for name, value in {"Content-Length": str(len(data)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = handle_any  # noqa: N815  http.server's names

    return Handler


def _context(certificate: Path) -> ssl.SSLContext:
    """Return what encrypts, with a certificate for this host."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _DAY)
        .not_valid_after(now + _DAY)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    secret = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    certificate.write_bytes(made.public_bytes(pem) + secret)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context
