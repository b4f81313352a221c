"""Watching services while a cell bakes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from latitude.operate.bake import Bake, command_probe, watched
from latitude.spec import Application, HealthCheck, PublicImage, Service

if TYPE_CHECKING:
    from collections.abc import Iterable


class _Time:
    def __init__(self) -> None:
        self.seconds = 0.0

    def clock(self) -> float:
        return self.seconds

    def sleep(self, seconds: float) -> None:
        self.seconds += seconds


def _bake(answers: Iterable[bool], time: _Time, *, seconds: float = 60) -> Bake:
    given = iter(answers)
    return Bake(probe=lambda _: next(given), seconds=seconds, clock=time.clock, sleep=time.sleep)


def test_bake_of_healthy_services_takes_its_time() -> None:
    """Nothing is unhealthy, and the whole time was waited."""
    time = _Time()
    assert _bake([True] * 7, time).unhealthy({"web": "u"}) is None
    assert time.seconds == 60


def test_bake_forgives_two_failures_and_not_three() -> None:
    """Three failures in a row make a service unhealthy; a success in between starts the count again."""
    assert _bake([False, False, True, True], _Time(), seconds=30).unhealthy({"web": "u"}) is None
    assert _bake([True, False, False, False], _Time()).unhealthy({"web": "u"}) == "web"


def test_bake_does_not_end_on_a_failure() -> None:
    """A service that fails as the time is over is asked until it is healthy, or unhealthy."""
    assert _bake([True, False, False, False], _Time(), seconds=10).unhealthy({"web": "u"}) == "web"


def test_command_probe_goes_by_the_status() -> None:
    """The command gets the URL as its last argument."""
    probe = command_probe("test healthy =")
    assert probe("healthy")
    assert not probe("broken")


def test_watched_asks_the_health_checks_path() -> None:
    """A service is asked at its own URL, at the path of its health check."""
    service = Service(
        name="web",
        image=PublicImage(identifier="public.ecr.aws/nginx/nginx:1"),
        health_check=HealthCheck(path="/healthz"),
    )
    application = Application(name="orders", regions=("us-east-1",), services=(service,))
    assert watched(application, {"web": "https://x.example"}) == {"web": "https://x.example/healthz"}
