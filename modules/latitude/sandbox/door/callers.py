"""Who may ask: programs of this machine, by the sandbox's own address. No web page, wherever it is from.

A browser lets any page send requests to loopback, and DNS lets any name lead there. It names the page in ``Origin`` and
``Sec-Fetch-Site`` (Fetch Standard; Fetch Metadata Request Headers), and the name in ``Host``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from latitude.sandbox.door.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

METHODS: Final = ("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH")
_OWN_SITES: Final = (None, "same-origin", "none")
# SDKs put a bucket, or S3 Control's account, before the host of an endpoint that is a name.
_LABELS: Final = r"(?P<labels>(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+)"


def require_own(environ: dict[str, Any], *, port: int) -> None:
    """Raise ``Refusal`` unless a program asks, by an address of this sandbox.

    A request to ``BUCKET.localhost`` becomes one to ``localhost`` with the bucket in its path.
    """
    method = environ["REQUEST_METHOD"]
    if method not in METHODS:
        message = f"The embedded AWS has no method {_shown(method)}: use {', '.join(METHODS)}"
        raise Refusal("405 Method Not Allowed", "MethodNotAllowed", message)
    _require_host(environ, port)
    host = environ["HTTP_HOST"]
    origin, site = environ.get("HTTP_ORIGIN"), environ.get("HTTP_SEC_FETCH_SITE")
    if origin not in (None, f"http://{host}") or site not in _OWN_SITES:
        message = "The embedded AWS answers no web page of another origin: use an SDK, the AWS CLI or Terraform"
        raise _forbidden(message)


def _require_host(environ: dict[str, Any], port: int) -> None:
    host = environ.get("HTTP_HOST", "").lower()
    own = {f"{name}:{port}" for name in ("127.0.0.1", "localhost", "[::1]")}
    if host in own:
        environ["HTTP_HOST"] = host
        return
    behind = re.fullmatch(rf"{_LABELS}localhost:{port}", host)
    if behind is None:
        message = f"The embedded AWS answers at 127.0.0.1:{port} and localhost:{port}, not at the host {_shown(host)}"
        raise _forbidden(message)
    environ["HTTP_HOST"] = f"localhost:{port}"
    label = behind["labels"].rstrip(".")
    if not _names_account(label, environ):
        for name in ("PATH_INFO", "RAW_URI", "REQUEST_URI"):
            environ[name] = f"/{label}{environ.get(name, '/')}"


def _names_account(label: str, environ: Mapping[str, Any]) -> bool:
    return re.fullmatch(r"\d{12}", label) is not None and environ.get("PATH_INFO", "").startswith("/v20180820/")


def _forbidden(message: str) -> Refusal:
    return Refusal("403 Forbidden", "AccessDenied", message)


def _shown(text: str) -> str:
    return repr(text[:100])
