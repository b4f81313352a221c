"""Somebody who asks for a public name all the time, from many places, and looks where each answer leads."""

from __future__ import annotations

import threading
import time
from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from botocore.exceptions import ClientError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from latitude.sandbox.control import Control
    from latitude.trial.aws import Clients

_PLACES: Final = ("new york", "san francisco", "sao paulo", "london", "tokyo", "sydney")
_PAUSE_SECONDS: Final = 0.05
_LIVE: Final = "active"


class Prober:
    """Asks until its block ends. ``led`` counts the regions that answers led to, ``faults`` are answers to nothing.

    An answer leads to something if a service answers there, and has the name and its certificate. One that does not is
    excused while none could have answered. What is asked twice, around the answer, may have changed
    between: only what was wrong before and after the answer counts.
    """

    def __init__(self, control: Control, clients: Clients, name: str) -> None:
        self.led: Counter[str] = Counter()
        self.faults: list[str] = []
        self._live: set[str] = set()
        self._control, self._clients, self._name = control, clients, name
        self._end = threading.Event()

    @contextmanager
    def asking(self, meanwhile: str) -> Iterator[Prober]:
        """Ask in a thread of its own while the block lasts; then there must have been answers, and none to nothing."""
        self.led.clear()
        self._end.clear()
        self._answering()
        thread = threading.Thread(target=self._ask, daemon=True)
        thread.start()
        try:
            yield self
            time.sleep(2 * _PAUSE_SECONDS)
        finally:
            self._end.set()
            thread.join()
        assert self.faults == [], f"{meanwhile}: {self.faults[:3]}"
        assert self.led, meanwhile

    def _ask(self) -> None:
        while not self._end.is_set():
            for place in _PLACES:
                before = self._answering()
                answer = self._control.resolve(self._name, place=place)
                after = self._answering()
                self.led[str(answer["region"])] += 1
                url = answer["service_url"]
                if before & after and url not in before | after:
                    self.faults.append(f"{place} is led to {url} ({answer['steps']}); these answer: {before & after}")
            self._end.wait(_PAUSE_SECONDS)

    def _answering(self) -> frozenset[str]:
        """Return the URLs at which users of the name are answered."""
        services = self._control.status()["services"]
        return frozenset(
            each["url"]
            for each in services
            if each["healthy"] and each["status"] in {"RUNNING", "OPERATION_IN_PROGRESS"} and self._has_name(each)
        )

    def _has_name(self, service: Any) -> bool:
        apprunner = self._clients("apprunner", service["region"])
        try:
            domains = apprunner.describe_custom_domains(ServiceArn=service["arn"])["CustomDomains"]
        except apprunner.exceptions.ResourceNotFoundException:
            return False
        except ClientError:
            # The API is sick, and the service goes on.
            domains = []
        # A status that wavers takes no certificate away.
        if any(each["DomainName"] == self._name and each["Status"] == _LIVE for each in domains):
            self._live.add(service["arn"])
        return service["arn"] in self._live


def wait_until(holds: Callable[[], object], what: str, *, seconds: float = 60.0) -> None:
    """Wait until something holds; fail when it takes too long."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, f"not within {seconds} s: {what}"
        time.sleep(_PAUSE_SECONDS)
