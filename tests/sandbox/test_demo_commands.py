"""The commands that serve the embedded AWS, and ask it where a name leads."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from latitude.cli import app, main
from latitude.trial.clients import EndpointClients
from latitude.trial.inventory import inventory

if TYPE_CHECKING:
    from latitude.sandbox.pytest_plugin import ClientFactory
    from latitude.sandbox.server import Sandbox

_ROOT = Path(__file__).parents[2]


def _record(client: ClientFactory) -> None:
    route53 = client("route53")
    zone = route53.create_hosted_zone(Name="example.com", CallerReference="1")["HostedZone"]["Id"]
    changes = [
        {
            "Action": "CREATE",
            "ResourceRecordSet": {
                "Name": "shop.example.com",
                "Type": "A",
                "TTL": 60,
                "Region": region,
                "SetIdentifier": region,
                "ResourceRecords": [{"Value": address}],
            },
        }
        for region, address in (("us-east-1", "192.0.2.1"), ("eu-west-1", "192.0.2.2"))
    ]
    route53.change_resource_record_sets(HostedZoneId=zone, ChangeBatch={"Changes": changes})


def test_resolve_says_which_region_answers_each_place_and_why(sandbox: Sandbox, client: ClientFactory) -> None:
    """London is led to Ireland and New York to Virginia; every record is shown with its distance."""
    _record(client)
    asked = ["resolve", "shop.example.com", "--from", "london", "--from", "new york", "--url", sandbox.url]
    shown = CliRunner().invoke(app, asked, env={"COLUMNS": "200"})
    assert shown.exit_code == 0, shown.output
    assert re.search(r"London\s+eu-west-1\s+463 km", shown.output)
    assert re.search(r"New York\s+us-east-1\s+353 km", shown.output)
    assert re.search(r"us-east-1\s+us-east-1\s+healthy\s+5,921 km", shown.output)


def _refused(arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> str:
    monkeypatch.setattr(sys, "argv", ["latitude", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 1
    return capsys.readouterr().err


def test_resolve_from_an_unknown_place_is_refused(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The message names the place, and the places that are known."""
    said = _refused(["resolve", "a.example.com", "--from", "atlantis", "--url", sandbox.url], monkeypatch, capsys)
    assert "must be a city or an AWS region that is known, got 'atlantis'; known are bengaluru" in said


def test_resolve_without_a_sandbox_says_that_nothing_answers(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The message names the option and the address."""
    url = "http://127.0.0.1:9"
    said = _refused(["resolve", "a.example.com", "--from", "london", "--url", url], monkeypatch, capsys)
    assert said.startswith(f"--url: no embedded AWS answers at {url}: ")


def test_sandbox_on_a_taken_port_says_so(sandbox: Sandbox) -> None:
    """The message names the option, the port and the reason."""
    port = sandbox.url.rpartition(":")[2]
    done = subprocess.run(
        [sys.executable, "-c", "from latitude.cli import main; main()", "sandbox", "--port", port],
        cwd=_ROOT,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert done.returncode == 1
    assert f"--port: must be a free port, got {port}: Address already in use" in done.stderr


def test_sandbox_prints_the_environment_and_ends_with_an_interrupt() -> None:
    """What it prints leads a client to it; Ctrl-C ends it with status 0."""
    child = subprocess.Popen(
        [sys.executable, "-c", "from latitude.cli import main; main()", "sandbox"],
        cwd=_ROOT,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    try:
        assert child.stdout is not None
        lines = [child.stdout.readline() for _ in range(9)]
        exported = dict(re.findall(r"export (\w+)=(\S+)", "".join(lines)))
        clients = EndpointClients(exported["AWS_ENDPOINT_URL"])
        assert clients("dynamodb", "us-west-2").list_tables()["TableNames"] == []
        child.send_signal(signal.SIGINT)
        assert child.wait(timeout=20) == 0
    finally:
        child.kill()
        child.wait()
        if child.stdout is not None:
            child.stdout.close()


def test_inventory_names_what_was_made_and_forgets_keys_on_their_way_out(
    sandbox: Sandbox, client: ClientFactory
) -> None:
    """A table, a role and a key are named; a key whose deletion is scheduled is not, nor are keys of AWS."""
    clients = EndpointClients(sandbox.url)
    regions = ("us-east-1", "eu-west-1")
    before = inventory(clients, regions)
    key = client("kms", region="eu-west-1").create_key()["KeyMetadata"]
    client("iam").create_role(RoleName="web", AssumeRolePolicyDocument="{}")
    client("ecr").create_repository(repositoryName="orders/web")
    assert inventory(clients, regions) - before == {
        key["Arn"],
        "us-east-1 iam arn:aws:iam::123456789012:role/web",
        "arn:aws:ecr:us-east-1:123456789012:repository/orders/web",
    }
    client("kms", region="eu-west-1").schedule_key_deletion(KeyId=key["KeyId"])
    assert key["Arn"] not in inventory(clients, regions)
