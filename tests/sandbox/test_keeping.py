from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from contextlib import contextmanager
from importlib.metadata import version
from typing import TYPE_CHECKING

import pytest

from latitude.sandbox.keeping import KeptStateError
from latitude.sandbox.server import Sandbox
from latitude.sandbox.testing import create_service
from latitude.trial.clients import EndpointClients

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.sandbox

_STREAM = {"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"}
_KEY = {"id": {"S": "1"}}


@contextmanager
def _served(keep: Path) -> Iterator[EndpointClients]:
    """Run a sandbox in a process of its own, to whose end it keeps its resources."""
    command = "from latitude.cli import main; main()"
    child = subprocess.Popen(
        [sys.executable, "-c", command, "sandbox", "--operation-seconds", "0", "--keep", str(keep)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    assert child.stdout is not None
    with child, child.stdout:
        try:
            lines = [child.stdout.readline() for _ in range(9)]
            (url,) = re.findall(r"AWS_ENDPOINT_URL=(\S+)", "".join(lines))
            yield EndpointClients(url)
            child.send_signal(signal.SIGTERM)
            assert child.wait(timeout=30) == 0
        finally:
            child.kill()


def test_sandbox_that_keeps_its_state_goes_on_in_another_process(tmp_path: Path) -> None:
    """Services, secrets, keys, objects and items are as they were, and replicas still replicate."""
    kept = tmp_path / "kept"
    with _served(kept) as clients:
        service = create_service(clients("apprunner", "us-west-2"))
        clients("ssm", "us-east-1").put_parameter(Name="/key", Value="a secret", Type="SecureString")
        clients("s3", "us-east-1").create_bucket(Bucket="state")
        clients("s3", "us-east-1").put_object(Bucket="state", Key="a.tfstate", Body=b"{}")
        key = clients("kms", "us-east-1").create_key()["KeyMetadata"]["KeyId"]
        sealed = clients("kms", "us-east-1").encrypt(KeyId=key, Plaintext=b"plain")["CiphertextBlob"]
        tables = clients("dynamodb", "us-east-1")
        tables.create_table(
            TableName="orders",
            KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
            BillingMode="PAY_PER_REQUEST",
            StreamSpecification=_STREAM,
        )
        tables.update_table(TableName="orders", ReplicaUpdates=[{"Create": {"RegionName": "us-west-2"}}])
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]

    with _served(kept) as clients:
        described = clients("apprunner", "us-west-2").describe_service(ServiceArn=service)["Service"]
        assert described["Status"] == "RUNNING"
        parameter = clients("ssm", "us-east-1").get_parameter(Name="/key", WithDecryption=True)["Parameter"]
        assert parameter["Value"] == "a secret"
        body = clients("s3", "us-east-1").get_object(Bucket="state", Key="a.tfstate")["Body"].read()
        assert body == b"{}"
        assert clients("kms", "us-east-1").decrypt(CiphertextBlob=sealed)["Plaintext"] == b"plain"
        clients("dynamodb", "us-east-1").put_item(TableName="orders", Item=_KEY)
        assert clients("dynamodb", "us-west-2").get_item(TableName="orders", Key=_KEY)["Item"] == _KEY


def test_sandbox_keeps_nothing_unless_asked_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sandbox that was not told where to keep its resources begins with none, and writes no file."""
    monkeypatch.chdir(tmp_path)
    with Sandbox() as running:
        create_service(EndpointClients(running.url)("apprunner", "us-east-1"))
    with Sandbox() as running:
        assert EndpointClients(running.url)("apprunner", "us-east-1").list_services()["ServiceSummaryList"] == []
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not a sandbox's",
        b"Latitude's embedded AWS, format 2, moto 0.0.1\n",
        f"Latitude's embedded AWS, format 1, moto {version('moto')}\n".encode(),
    ],
    ids=["empty", "foreign", "another moto", "an earlier format"],
)
def test_sandbox_with_a_file_of_something_else(tmp_path: Path, content: bytes) -> None:
    """What this sandbox, with this moto, has not written is refused, and stays as it was."""
    kept = tmp_path / "kept"
    kept.write_bytes(content)
    with pytest.raises(KeptStateError, match=r"^keep: .*kept must be a file that the sandbox has kept, .* remove it$"):
        Sandbox(keep=kept).start()
    assert kept.read_bytes() == content


def test_sandbox_that_should_keep_its_state_in_no_folder(tmp_path: Path) -> None:
    """It is refused at once, and not when the work of a day is to be kept."""
    with pytest.raises(ValueError, match=r"^keep: must be a file in a folder that exists, got .*missing/kept$"):
        Sandbox(keep=tmp_path / "missing" / "kept")
