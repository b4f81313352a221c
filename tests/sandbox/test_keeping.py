from __future__ import annotations

import gzip
import os
import pickle
import re
import signal
import subprocess
import sys
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from latitude.sandbox.keeping import _FORMAT, KeptStateError
from latitude.sandbox.ownership import SEAL_BYTES, key_path, write_own
from latitude.sandbox.server import Sandbox
from latitude.sandbox.testing import create_service
from latitude.trial.clients import EndpointClients

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.sandbox


@pytest.fixture(autouse=True)
def _own_key(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep the key of these tests apart from the user's."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))


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
        b"Latitude's embedded AWS, format 3, moto 0.0.1\n",
        f"Latitude's embedded AWS, format 2, moto {version('moto')}\n".encode(),
    ],
    ids=["empty", "foreign", "another moto", "an earlier format"],
)
def test_sandbox_with_a_file_of_something_else(tmp_path: Path, content: bytes) -> None:
    """What this sandbox, with this moto, has not written is refused, and stays as it was."""
    kept = tmp_path / "kept"
    write_own(kept, content)
    with pytest.raises(KeptStateError, match=r"^keep: .*kept must be a file that the sandbox has kept, .* remove it$"):
        Sandbox(keep=kept).start()
    assert kept.read_bytes() == content


def test_sandbox_that_should_keep_its_state_in_no_folder(tmp_path: Path) -> None:
    """It is refused at once, and not when the work of a day is to be kept."""
    with pytest.raises(ValueError, match=r"^keep: must be a file in a folder that exists, got .*missing/kept$"):
        Sandbox(keep=tmp_path / "missing" / "kept")


class _Crafted:
    """A pickle that makes a file when it is read."""

    def __init__(self, marker: Path) -> None:
        self.marker = marker

    def __reduce__(self) -> tuple[object, tuple[str, str]]:
        return _mark, (str(self.marker), "was here")


def _mark(path: str, text: str) -> None:
    Path(path).write_text(text, encoding="utf-8")


def _crafted(tmp_path: Path, seal: bytes) -> bytes:
    return _FORMAT + seal + gzip.compress(pickle.dumps(_Crafted(tmp_path / "marker")))


@pytest.mark.parametrize("seal", [b"", bytes(SEAL_BYTES)], ids=["unsealed", "sealed by nobody"])
def test_sandbox_with_a_crafted_file_does_not_read_it(tmp_path: Path, seal: bytes) -> None:
    """What this user's key has not sealed is not unpickled, even if it is the user's own file."""
    kept = tmp_path / "kept"
    write_own(kept, _crafted(tmp_path, seal))
    with pytest.raises(
        KeptStateError, match=r"^keep: .*kept must be a file that your own sandbox has kept, .* remove it$"
    ):
        Sandbox(keep=kept).start()
    assert not (tmp_path / "marker").exists()
    pickle.loads(gzip.decompress(kept.read_bytes()[len(_FORMAT) + len(seal) :]))  # noqa: S301 - it would have run
    assert (tmp_path / "marker").exists()


def test_sandbox_with_a_file_that_another_key_has_sealed(tmp_path: Path) -> None:
    """A file from another machine, or another user, is refused."""
    kept = tmp_path / "kept"
    with Sandbox(keep=kept):
        pass
    key_path().unlink()
    with pytest.raises(KeptStateError, match=r"sealed with .*sandbox\.key; remove it$"):
        Sandbox(keep=kept).start()


def test_sandbox_with_a_file_that_was_changed(tmp_path: Path) -> None:
    """One byte is enough."""
    kept = tmp_path / "kept"
    with Sandbox(keep=kept):
        pass
    content = kept.read_bytes()
    write_own(kept, content[:-1] + bytes([content[-1] ^ 1]))
    with pytest.raises(KeptStateError, match=r"must be a file that your own sandbox has kept"):
        Sandbox(keep=kept).start()


def test_file_and_key_are_open_to_nobody_else(tmp_path: Path) -> None:
    """Both have the mode 0600, whatever the umask is."""
    before = os.umask(0)
    try:
        with Sandbox(keep=tmp_path / "kept"):
            pass
    finally:
        os.umask(before)
    assert [path.stat().st_mode & 0o777 for path in (tmp_path / "kept", key_path())] == [0o600, 0o600]


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o666])
def test_sandbox_with_a_file_that_is_open_to_others(tmp_path: Path, mode: int) -> None:
    """The message has the file's mode."""
    kept = tmp_path / "kept"
    with Sandbox(keep=kept):
        pass
    kept.chmod(mode)
    with pytest.raises(KeptStateError, match=r"must be a file that belongs to you and is open to nobody else, got -rw"):
        Sandbox(keep=kept).start()


def test_sandbox_with_a_link_in_place_of_the_file(tmp_path: Path) -> None:
    """A link is not followed, to a file that exists or to one that does not."""
    with Sandbox(keep=tmp_path / "kept"):
        pass
    for target in ("kept", "nothing"):
        link = tmp_path / f"link-to-{target}"
        link.symlink_to(tmp_path / target)
        with pytest.raises(KeptStateError, match=r"must be a file, and no link"):
            Sandbox(keep=link).start()


@pytest.mark.parametrize("mode", [0o777, 0o1777, 0o770])
def test_sandbox_that_should_keep_its_state_where_others_write(tmp_path: Path, mode: int) -> None:
    """It is refused at once, with the remedy."""
    folder = tmp_path / "shared"
    folder.mkdir()
    folder.chmod(mode)
    with pytest.raises(
        KeptStateError, match=r"must belong to you and be writable to nobody else, .*: chmod go-w .*shared$"
    ):
        Sandbox(keep=folder / "kept").start()
