"""A stand-in for HCP Terraform: workspaces and their states, for runs on this machine (execution mode ``local``).

It answers what Terraform asks between ``init`` and ``apply``: service discovery, organization, workspaces, locks and
versions of state (HCP Terraform API). It runs nothing, knows no users, and forgets everything when it ends.
"""

from __future__ import annotations

import json
import re
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self

from tests.support.tls import HOST, server

if TYPE_CHECKING:
    from collections.abc import Mapping

_API: Final = "/api/v2"
_HEADERS: Final = {
    "Content-Type": "application/json",
    "TFP-API-Version": "2.6",
    "TFP-AppName": "HCP Terraform",
}
_PERMISSIONS: Final = (
    "can-create-state-versions",
    "can-lock",
    "can-queue-run",
    "can-read-settings",
    "can-read-state-versions",
    "can-read-state-outputs",
    "can-unlock",
    "can-update",
    "can-update-variable",
)

Answer = tuple[int, Any]


@dataclass(kw_only=True)
class Workspace:
    """A workspace: its name, its lock, and the newest version of its state."""

    id: str
    name: str
    locked: bool = False
    state: bytes = b""
    version: dict[str, Any] = field(default_factory=dict)


class Hcp:
    """Serves an organization on a free port of loopback while it is entered, with a certificate of its own."""

    def __init__(self, folder: Path, organization: str) -> None:
        self.workspaces: dict[str, Workspace] = {}
        self.organization = organization
        self._folder, self._certificate = folder, folder / "hcp.pem"
        self._server = server(self.answer, headers=_HEADERS, certificate=self._certificate)
        self.hostname = f"{HOST}:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def environment(self, inherited: Mapping[str, str]) -> dict[str, str]:
        """Return the environment in which Terraform trusts the host and has a token for it."""
        stated = inherited.get("TF_CLI_CONFIG_FILE")
        configuration = self._folder / "hcp.tfrc"
        before = "" if stated is None else Path(stated).read_text("utf-8")
        configuration.write_text(f'{before}\ncredentials "{self.hostname}" {{\n  token = "none"\n}}\n')
        return {
            **inherited,
            "SSL_CERT_FILE": str(self._certificate),
            "TF_CLI_CONFIG_FILE": str(configuration),
        }

    def answer(self, method: str, path: str, body: bytes) -> Answer:
        """Answer a request, as the API documents it."""
        organization = f"{_API}/organizations/{self.organization}"
        fixed: dict[str, Answer] = {
            "/.well-known/terraform.json": (200, {"tfe.v2": f"{_API}/"}),
            f"{_API}/ping": (204, b""),
            f"{organization}/entitlement-set": (200, _document("entitlement-sets", "org-1", {"operations": True})),
        }
        if path in fixed:
            return fixed[path]
        if path == f"{organization}/workspaces" and method == "POST":
            return self._made(json.loads(body)["data"]["attributes"]["name"])
        for pattern, answer in (
            (rf"{organization}/workspaces/([^/]+)", self._named),
            (rf"{_API}/workspaces/([^/]+)(/.*)?", self._asked),
            (r"/states/([^/]+)", self._state),
            (rf"{_API}/state-versions/(ws-\d+)", self._version),
        ):
            found = re.fullmatch(pattern, path)
            if found is not None:
                return answer(method, body, *found.groups(default=""))
        return _missing()

    def _made(self, name: str) -> Answer:
        made = Workspace(id=f"ws-{len(self.workspaces)}", name=name)
        self.workspaces[name] = made
        return 201, _shown(made)

    def _named(self, _method: str, _body: bytes, name: str) -> Answer:
        return (200, _shown(self.workspaces[name])) if name in self.workspaces else _missing()

    def _asked(self, method: str, body: bytes, id: str, rest: str) -> Answer:  # noqa: A002  the API's word
        workspace = self._by_id(id)
        if rest.startswith("/actions/"):
            workspace.locked = rest == "/actions/lock"
        if rest == "/current-state-version":
            return (200, workspace.version) if workspace.version else _missing()
        if rest == "/state-versions" and method == "POST":
            if not workspace.locked:
                return 409, {"errors": [{"status": "409", "title": "the workspace is not locked"}]}
            serial = json.loads(body)["data"]["attributes"]["serial"]
            url = f"https://{self.hostname}/states/{workspace.id}"
            attributes = {"serial": serial, "status": "finalized", "resources-processed": True}
            urls = {f"hosted-{name}-url": url for name in ("state-download", "state-upload")}
            rest_of_it = {"hosted-json-state-upload-url": f"{url}.json"}
            workspace.version = _document("state-versions", workspace.id, {**attributes, **urls, **rest_of_it})
            return 201, workspace.version
        if rest == "/current-state-version-outputs":
            return 200, {"data": [_output(*found) for found in json.loads(workspace.state)["outputs"].items()]}
        if rest == "/all-vars":
            return 200, {"data": []}
        return 200, _shown(workspace)

    def _state(self, method: str, body: bytes, name: str) -> Answer:
        if name.endswith(".json"):
            return 200, b""
        workspace = self._by_id(name)
        if method == "PUT":
            workspace.state = body
        return 200, workspace.state

    def _version(self, _method: str, _body: bytes, id: str) -> Answer:  # noqa: A002  the API's word
        return 200, self._by_id(id).version

    def _by_id(self, id: str) -> Workspace:  # noqa: A002  the API's word
        return next(workspace for workspace in self.workspaces.values() if workspace.id == id)


def _shown(workspace: Workspace) -> dict[str, Any]:
    attributes = {
        "name": workspace.name,
        "execution-mode": "local",
        "operations": False,
        "locked": workspace.locked,
        "permissions": dict.fromkeys(_PERMISSIONS, True),
    }
    return _document("workspaces", workspace.id, attributes)


def _document(kind: str, id: str, attributes: Mapping[str, Any]) -> dict[str, Any]:  # noqa: A002  the API's word
    return {"data": {"id": id, "type": kind, "attributes": attributes}}


def _output(name: str, output: Mapping[str, Any]) -> dict[str, Any]:
    attributes = {"name": name, "sensitive": False, "value": output["value"], "detailed-type": output["type"]}
    shown: dict[str, Any] = _document("state-version-outputs", f"wsout-{name}", attributes)["data"]
    return shown


def _missing() -> Answer:
    return 404, {"errors": [{"status": "404", "title": "not found"}]}
