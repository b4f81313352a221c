"""Watches the services of a region for a while, from outside, as their users do."""

from __future__ import annotations

import shlex
import subprocess
import time
import urllib.error
import urllib.request
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from latitude.spec import Application

    Probe = Callable[[str], bool]

_ANSWER_SECONDS: Final = 4
_COMMAND_SECONDS: Final = 60
_FAILURES: Final = 3


@dataclass(frozen=True, kw_only=True)
class Bake:
    """How long services are watched, how often each is asked, and how.

    A service that fails ``failures`` times in a row is unhealthy, and ends the bake.
    """

    probe: Probe
    seconds: float
    interval_seconds: float = 10
    failures: int = _FAILURES
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep

    def unhealthy(self, urls: Mapping[str, str]) -> str | None:
        """Watch the services, and return the name of the first that is unhealthy; ``None`` if none was to the end."""
        end = self.clock() + self.seconds
        failed: Counter[str] = Counter()
        while True:
            for name, url in urls.items():
                failed[name] = 0 if self.probe(url) else failed[name] + 1
                if failed[name] >= self.failures:
                    return name
            if self.clock() >= end and not any(failed.values()):
                return None
            self.sleep(self.interval_seconds)


def http_probe(url: str) -> bool:
    """Say whether a GET is answered in time, without an error of the client's or the server's."""
    try:
        with urllib.request.urlopen(url, timeout=_ANSWER_SECONDS):  # noqa: S310  # https, from Terraform's output
            return True
    except (urllib.error.URLError, OSError):
        return False


def command_probe(command: str) -> Probe:
    """Return a probe that runs a command with the URL as its last argument; status 0 is healthy."""
    words = shlex.split(command)

    def probe(url: str) -> bool:
        try:
            return subprocess.run([*words, url], check=False, timeout=_COMMAND_SECONDS).returncode == 0
        except subprocess.TimeoutExpired:
            return False

    return probe


def watched(application: Application, urls: Mapping[str, str]) -> dict[str, str]:
    """Return what is asked of each service that the public reaches: its URL with the path of its health check."""
    return {
        service.name: f"{urls[service.name]}{service.public_check_path}"
        for service in application.services
        if service.private_ingress is None and service.name in urls
    }
