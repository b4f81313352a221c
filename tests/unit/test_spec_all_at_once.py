"""A ``main.py`` with many faults: all of them in one report, at once, and nothing done."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[2]
SECONDS: Final = 1.0
"""What the report may take; it takes 0.3 s where nothing else runs."""

MAIN: Final = """
import atexit
import json
import sys

def loaded():
    print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})))

atexit.register(loaded)

from latitude.spec import *

Application(
    name="Orders",
    regions=["us-east-1", "us-east-1", "sa-east-1"],
    draining={"mars"},
    services=[
        Service(
            name="w" * 41,
            image=Image(),
            memory="12 GB",
            autoscaling=AutoScaling(min_size=9, max_size=3, max_concurrency=201),
            health_check=HealthCheck(timeout_seconds=21),
            environment={"AWSAPPRUNNER_X": "1"},
            domain=Domain(name="shop.example.org", hosted_zone=HostedZone(name="example.com")),
        ),
        Service(
            name="api",
            image=PublicImage(identifier="public.ecr.aws/nginx/nginx:1.27"),
            auto_deployments=True,
            colour="red",
            tables=[TableAccess(table="nope")],
        ),
    ],
    tables=[Table(name="carts", hash_key="id", attributes={"ID": "S"}, deletion_protection=None)],
    registry=Registry(expire_untagged_days=0),
    state=S3State(bucket="MyState"),
    tags={"aws:team": "x"},
)

open("written", "w").write("never")
"""

PATHS: Final = [
    "name", 'tags["aws:team"]', "draining", "regions", "regions[2]",
    "services[0].name", "services[0].environment.AWSAPPRUNNER_X", "services[0].memory", "services[0].image.tag",
    "services[0].autoscaling.max_concurrency", "services[0].autoscaling.min_size",
    "services[0].health_check.timeout_seconds", "services[0].domain.name",
    "services[1].colour", "services[1].auto_deployments", "services[1].tables[0].table",
    "tables[0].deletion_protection", "tables[0].attributes.ID", "tables[0].attributes",
    "registry.expire_untagged_days", "state.bucket",
]  # fmt: skip


Run = tuple[subprocess.CompletedProcess[str], Path, float]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Run the program in an empty directory, as ``python main.py`` does; up to three times if the machine is busy."""
    folder = tmp_path_factory.mktemp("program")
    program = tmp_path_factory.mktemp("elsewhere") / "main.py"
    program.write_text(MAIN)
    environment = {"PATH": "", "PYTHONPATH": str(ROOT / "modules"), "PYTHONDONTWRITEBYTECODE": ""}
    for _ in range(3):
        begun = time.perf_counter()
        result = subprocess.run(
            [sys.executable, str(program)], cwd=folder, env=environment, capture_output=True, text=True, check=False
        )
        took = time.perf_counter() - begun
        if took < SECONDS:
            break
    return result, folder, took


def test_report_has_exactly_the_faults_that_were_made(run: Run) -> None:
    """Every fault of every part is in the one report, each once, and nothing else is: no traceback, no echo."""
    title, *lines = run[0].stderr.splitlines()
    assert title == f"The description has {len(PATHS)} faults; nothing was written."
    assert [line.partition(": ")[0].removeprefix("  ") for line in lines] == PATHS
    assert len(PATHS) >= 15


def test_report_ends_with_status_1(run: Run) -> None:
    """Whatever runs the program knows that it failed."""
    assert run[0].returncode == 1


def test_report_takes_less_than_a_second(run: Run) -> None:
    """Start of Python included: whoever edits ``main.py`` does not wait for what is wrong with it."""
    assert run[2] < SECONDS


def test_report_loads_neither_cdktf_nor_jsii(run: Run) -> None:
    """What is wrong is known before anything slow is loaded, and no Node is started."""
    loaded = set(json.loads(run[0].stdout.splitlines()[-1]))
    assert (
        loaded & {"cdktf", "cdktf_cdktf_provider_aws", "jsii", "constructs", "typeguard", "boto3", "botocore"} == set()
    )
    assert "pydantic" in loaded


def test_report_leaves_nothing_behind(run: Run) -> None:
    """Nothing is written where the program runs, and the program does not go on."""
    assert list(run[1].iterdir()) == []


def test_other_errors_keep_their_traceback(tmp_path: Path) -> None:
    """Only a wrong description ends without a traceback: a program's own error is shown as ever."""
    program = tmp_path / "main.py"
    program.write_text("import latitude.spec\nraise RuntimeError('own')\n")
    result = subprocess.run(
        [sys.executable, str(program)],
        cwd=tmp_path,
        env={"PATH": "", "PYTHONPATH": str(ROOT / "modules")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 1
    assert result.stderr.splitlines()[0] == "Traceback (most recent call last):"
    assert result.stderr.splitlines()[-1] == "RuntimeError: own"
