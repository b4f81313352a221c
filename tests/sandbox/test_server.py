from __future__ import annotations

import os
import re
import resource
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TYPE_CHECKING

import boto3
import pytest
from botocore.exceptions import ClientError

from latitude.sandbox.server import Sandbox, exports
from latitude.sandbox.testing import create_service

if TYPE_CHECKING:
    from latitude.sandbox.pytest_plugin import ClientFactory

pytestmark = pytest.mark.sandbox

SERVE = "from latitude.sandbox.server import serve; serve()"


def _port(sandbox: Sandbox) -> int:
    return int(sandbox.url.rpartition(":")[2])


def _status_asked(sandbox: Sandbox) -> bytes:
    host = f"Host: 127.0.0.1:{_port(sandbox)}"
    return f"POST /_latitude/status HTTP/1.1\r\n{host}\r\nContent-Type: application/json\r\n\r\n".encode()


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "example.com"])  # noqa: S104 - it must be refused
def test_sandbox_elsewhere_than_on_loopback(host: str) -> None:
    """Whoever reaches the sandbox may do anything in it, so nobody else may reach it."""
    with pytest.raises(ValueError, match=r"^host: must be a loopback address .* got '.*': anyone may call it$"):
        Sandbox(host=host)


def test_answer_is_sent_whole(sandbox: Sandbox) -> None:
    """Headers and body come in one piece: a client that has the one never waits for the other."""
    for _ in range(20):
        with socket.create_connection(("127.0.0.1", _port(sandbox))) as connection:
            connection.sendall(_status_asked(sandbox))
            first = connection.recv(1 << 20)
            assert first.startswith(b"HTTP/1.1 200 OK")
            assert first.endswith(b"}")


def test_client_that_has_gone_is_no_error(sandbox: Sandbox, capfd: pytest.CaptureFixture[str]) -> None:
    """Terraform that is interrupted leaves answers unread; the console has better things to show than that."""
    reset_at_close = struct.pack("ii", 1, 0)
    before = set(threading.enumerate())
    for _ in range(20):
        connection = socket.create_connection(("127.0.0.1", _port(sandbox)))
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, reset_at_close)
        connection.sendall(_status_asked(sandbox))
        connection.close()
    time.sleep(0.1)
    for thread in set(threading.enumerate()) - before:
        thread.join(timeout=10)
    assert capfd.readouterr().err == ""


def test_sandbox_when_the_machine_s_clock_is_set_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """What has ended stays ended: a virtual machine may set its time of day back while the sandbox runs."""
    with Sandbox(operation_seconds=0.0) as running:
        for name, value in running.environment().items():
            monkeypatch.setenv(name, value)
        apprunner = boto3.Session().client("apprunner")
        arn = create_service(apprunner)
        monkeypatch.setattr(time, "time", lambda: 0.0)
        assert apprunner.describe_service(ServiceArn=arn)["Service"]["Status"] == "RUNNING"


@pytest.mark.parametrize("name", ["replication_delay_seconds", "operation_seconds"])
def test_sandbox_with_a_negative_time(name: str) -> None:
    """Times are not negative."""
    with pytest.raises(ValueError, match=f"^{name}: must be 0 or more, got -1$"):
        Sandbox(**{name: -1})  # type: ignore[arg-type] # the name is a parameter


def test_sandbox_starts_in_three_seconds() -> None:
    """A fresh Python process serves after less than three seconds of processor time, however busy the machine is."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with subprocess.Popen([sys.executable, "-c", SERVE], stdout=subprocess.PIPE, text=True) as process:
        port = int(_url_of(process).rpartition(":")[2])
        socket.create_connection(("127.0.0.1", port)).close()
        process.send_signal(signal.SIGINT)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    took = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    assert (took < 3, process.returncode) == (True, 0)


def test_sandboxes_of_two_processes_share_nothing(client: ClientFactory, sandbox: Sandbox) -> None:
    """Several run on one machine, each on a port and with a state of its own."""
    client("s3").create_bucket(Bucket="only-here")
    script = (
        "import boto3; from latitude.sandbox.server import Sandbox\n"
        "with Sandbox() as s:\n"
        "    import os; os.environ.update(s.environment())\n"
        "    print(s.url, boto3.client('s3').list_buckets()['Buckets'])"
    )
    other = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    url, _, buckets = other.stdout.strip().partition(" ")
    assert (url != sandbox.url, buckets) == (True, "[]")


def test_sandbox_twice_in_one_process(sandbox: Sandbox) -> None:
    """The state is the process's, so a second sandbox is refused with the first one's address."""
    with pytest.raises(RuntimeError, match=f"runs a sandbox already, at {sandbox.url}: stop it first"):
        Sandbox().start()


def test_sandbox_on_a_port_that_is_taken() -> None:
    """The caller hears of it; the process goes on."""
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(OSError, match="in use"):
        Sandbox(port=taken.getsockname()[1]).start()


def test_stop_frees_the_port_and_forgets(client: ClientFactory, sandbox: Sandbox) -> None:
    """A sandbox can be started again on the port, and is empty."""
    s3, port = client("s3"), _port(sandbox)
    s3.create_bucket(Bucket="gone-soon")
    sandbox.stop()
    with Sandbox(port=port):
        assert s3.list_buckets()["Buckets"] == []


def test_url_before_start() -> None:
    """There is no address before there is a server."""
    with pytest.raises(RuntimeError, match=r"^the sandbox is not running: call start\(\) first$"):
        _ = Sandbox().url


def test_child_environment_has_no_other_aws_variable(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """A profile of the user's must not lead a child to AWS."""
    monkeypatch.setenv("AWS_PROFILE", "production")
    monkeypatch.setenv("LANG", "C")
    child = sandbox.child_environment()
    assert {name: value for name, value in child.items() if name.startswith("AWS_")} == sandbox.environment()
    assert child["LANG"] == "C"


def test_exports_are_lines_for_a_shell() -> None:
    """What is printed can be evaluated, whatever is in it."""
    lines = exports({"AWS_ENDPOINT_URL": "http://127.0.0.1:1", "AWS_REGION": "it's"})
    shell = 'AWS_PROFILE=x; eval "$LINES"; echo "$AWS_PROFILE|$AWS_ENDPOINT_URL|$AWS_REGION"'
    shown = subprocess.run(
        ["sh", "-c", shell],
        env={"LINES": lines, "PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=True,
    )
    assert shown.stdout == "|http://127.0.0.1:1|it's\n"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_serve_ends_well_when_it_is_told_to(number: signal.Signals) -> None:
    """Ctrl-C and SIGTERM end the process at once, without a traceback."""
    with subprocess.Popen(
        [sys.executable, "-c", SERVE], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        _url_of(process)
        process.send_signal(number)
        _, errors = process.communicate(timeout=10)
    assert (process.returncode, errors) == (0, "")


def test_put_object_if_none_match_lets_one_writer_through(client: ClientFactory) -> None:
    """Of many writers of Terraform's lock file at once, one succeeds and the rest hear PreconditionFailed."""
    client("s3").create_bucket(Bucket="state")
    writers = 8
    clients = [client("s3") for _ in range(writers)]
    ready = Barrier(writers)

    def write(number: int) -> str:
        ready.wait()
        try:
            clients[number].put_object(Bucket="state", Key="lock", Body=b"%d" % number, IfNoneMatch="*")
        except ClientError as error:
            return error.response["Error"]["Code"]
        return "written"

    with ThreadPoolExecutor(writers) as pool:
        outcomes = sorted(pool.map(write, range(writers)))
    assert outcomes == ["PreconditionFailed"] * (writers - 1) + ["written"]


def _url_of(process: subprocess.Popen[str]) -> str:
    """Read the shell lines that ``serve`` prints, and return the endpoint."""
    assert process.stdout is not None
    for line in process.stdout:
        found = re.fullmatch(r"export AWS_ENDPOINT_URL=(http://127\.0\.0\.1:\d+)\n", line)
        if found is not None:
            return found[1]
    pytest.fail("serve printed no endpoint")
