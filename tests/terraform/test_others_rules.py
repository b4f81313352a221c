"""``latitude deploy`` where an account has replication rules that no state knows: it looks before it replaces."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING, Final

import pytest

from latitude.operate.cli_config import usable_environment
from latitude.operate.others_rules import LOOK
from latitude.sandbox.server import Sandbox
from latitude.trial.clients import EndpointClients

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = [pytest.mark.terraform, pytest.mark.sandbox]

PROGRAM: Final = """
from latitude import Application, Image, Registry, Service
application = Application(
    name="orders",
    regions=("us-east-1", "us-west-2"),
    services=(Service(name="web", image=Image(tag="1")),),
    registry=Registry(also_replicates={}),
)
"""
CARRIES: Final = '{"billing/": ("eu-west-1",)}'


@pytest.fixture
def aws() -> Iterator[Sandbox]:
    """Run an embedded AWS."""
    with Sandbox() as running:
        yield running


def deploy(folder: Path, aws: Sandbox, carries: str = "{}") -> str:
    """Plan the registry alone, and say no; return what is said."""
    (folder / "main.py").write_text(PROGRAM.format(carries), encoding="utf-8")
    environment = usable_environment({**os.environ, **aws.environment()}, folder)
    command = [sys.executable, "-c", "from latitude.cli import main; main()", "deploy", "--only", "orders-registry"]
    ended = subprocess.run(
        command, cwd=folder, env=environment, input="n\n", capture_output=True, encoding="utf-8", check=False
    )
    assert ended.returncode == 1, ended.stdout
    assert list(folder.rglob(LOOK)) == []
    return ended.stdout


def test_deploy_names_the_rules_of_others_that_a_plan_would_replace(tmp_path: Path, aws: Sandbox) -> None:
    """Nothing is applied; where they are the same, the plan goes its way to the question."""
    ecr = EndpointClients(aws.url)("ecr", "us-east-1")

    def write(*rules: tuple[str, str]) -> None:
        ecr.put_replication_configuration(
            replicationConfiguration={
                "rules": [
                    {
                        "destinations": [{"region": region, "registryId": "123456789012"}],
                        "repositoryFilters": [{"filter": prefix, "filterType": "PREFIX_MATCH"}],
                    }
                    for prefix, region in rules
                ]
            }
        )

    write(("billing/", "eu-west-1"), ("search/", "us-west-2"))
    said = deploy(tmp_path, aws)
    assert (
        "the registry of 123456789012 has replication rules already, which this state doesn't know and the plan would "
        "replace: billing/ to eu-west-1; search/ to us-west-2. If another program has them, say replication='external' "
    ) in said
    assert "orders-registry cannot be planned" in said
    assert "import aws_ecr_replication_configuration.images 123456789012`" in said
    assert "Apply these plans?" not in said
    write(("orders/", "us-west-2"), ("billing/", "eu-west-1"))
    assert "Apply these plans?" in deploy(tmp_path, aws, CARRIES)
