"""Start and stop the embedded AWS."""

from __future__ import annotations

import ipaddress
import os
import shlex
import signal
import sys
from typing import TYPE_CHECKING, ClassVar, Self

from latitude.sandbox import settings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path
    from types import TracebackType

    from latitude.sandbox.listener import Listener

REGION = "us-east-1"


class Sandbox:
    """The embedded AWS, served on loopback by threads of this process.

    ``port=0`` takes a free port. The state is in memory and is gone after ``stop()``, unless ``keep`` names a file:
    ``start()`` brings the resources back from there, if it exists, and ``stop()`` writes them there; dark regions and
    faults are not kept. moto keeps its state per process, so a process can run one sandbox at a time; run as many
    processes as you like.

    Raises ``ValueError`` for a host that is not a loopback address, for negative times, and for a file in no folder.
    """

    _running: ClassVar[Sandbox | None] = None

    def __init__(  # noqa: PLR0913  # what settings.Settings has, and where to listen
        self,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        replication_delay_seconds: float = 0.0,
        operation_seconds: float = 0.5,
        auto_handshake: bool = False,
        same_validation: bool = False,
        iam_propagation_seconds: float = 0.0,
        clock: Callable[[], float] | None = None,
        keep: Path | None = None,
    ) -> None:
        """See ``latitude.sandbox.settings.Settings`` for the delays, the handshake and the clock."""
        _require_loopback(host)
        if keep is not None and not keep.absolute().parent.is_dir():
            msg = f"keep: must be a file in a folder that exists, got {keep}"
            raise ValueError(msg)
        for name, seconds in (
            ("replication_delay_seconds", replication_delay_seconds),
            ("operation_seconds", operation_seconds),
            ("iam_propagation_seconds", iam_propagation_seconds),
        ):
            if seconds < 0:
                msg = f"{name}: must be 0 or more, got {seconds}"
                raise ValueError(msg)
        self._host = host
        self._port = port
        self._keep = keep
        self._listener: Listener | None = None
        self._settings = settings.Settings(
            replication_delay_seconds=replication_delay_seconds,
            operation_seconds=operation_seconds,
            auto_handshake=auto_handshake,
            same_validation=same_validation,
            iam_propagation_seconds=iam_propagation_seconds,
            clock=settings.steady_clock() if clock is None else clock,
        )

    def start(self) -> Self:
        """Listen, and return self.

        Raises ``RuntimeError`` if this process runs a sandbox already, ``OSError`` if the port is taken, ``ValueError``
        if the file to keep state in is not one that this user's sandbox has written, or not this user's alone.
        """
        if Sandbox._running is not None:
            msg = f"this process runs a sandbox already, at {Sandbox._running.url}: stop it first"
            raise RuntimeError(msg)
        from latitude.sandbox import services  # noqa: PLC0415 - moto is imported when a sandbox starts, not before
        from latitude.sandbox.listener import Listener  # noqa: PLC0415 - the same

        if self._keep is not None:
            from latitude.sandbox import keeping  # noqa: PLC0415 - only who keeps state needs what it imports

            keeping.require_place(self._keep)
        settings.use(self._settings)
        services.install()
        services.forget()
        if self._keep is not None and os.path.lexists(self._keep):
            keeping.load(self._keep)
        self._listener = Listener(host=self._host, port=self._port)
        self._listener.start()
        Sandbox._running = self
        return self

    def stop(self) -> None:
        """Close every connection, free the port, and forget all state, or keep it. Stopping twice does nothing."""
        if self._listener is None:
            return
        from latitude.sandbox import services  # noqa: PLC0415 - see start()

        self._listener.stop()
        self._listener = None
        Sandbox._running = None
        if self._keep is not None:
            from latitude.sandbox import keeping  # noqa: PLC0415 - see start()

            keeping.save(self._keep)
        services.forget()
        settings.use(settings.Settings())

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def url(self) -> str:
        """The endpoint, such as ``http://127.0.0.1:40123``. Raises ``RuntimeError`` before ``start()``."""
        if self._listener is None:
            msg = "the sandbox is not running: call start() first"
            raise RuntimeError(msg)
        return self._listener.url

    def environment(self) -> dict[str, str]:
        """Name the variables that lead Terraform, the AWS CLI and the SDKs here instead of to AWS."""
        return {
            "AWS_ENDPOINT_URL": self.url,
            "AWS_ACCESS_KEY_ID": "sandbox",
            "AWS_SECRET_ACCESS_KEY": "sandbox",
            "AWS_REGION": REGION,
            "AWS_DEFAULT_REGION": REGION,
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_CONFIG_FILE": os.devnull,
            "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        }

    def child_environment(self) -> dict[str, str]:
        """Copy this process's environment for a child that must see the sandbox, with no other ``AWS_`` variable."""
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
        return inherited | self.environment()


def _require_loopback(host: str) -> None:
    try:
        loopback = ipaddress.ip_address(host).is_loopback
    except ValueError:
        loopback = host == "localhost"
    if not loopback:
        msg = f"host: must be a loopback address (127.0.0.1, ::1 or localhost), got {host!r}: anyone may call it"
        raise ValueError(msg)


def serve(
    *,
    port: int = 0,
    replication_delay_seconds: float = 0.0,
    operation_seconds: float = 0.5,
    auto_handshake: bool = False,
    same_validation: bool = False,
    keep: Path | None = None,
    prepare: Callable[[Sandbox], object] | None = None,
    write: Callable[[str], object] = sys.stdout.write,
) -> None:
    """Run a sandbox in the foreground until Ctrl-C or SIGTERM, after writing the shell lines that lead to it.

    ``prepare`` is called with the sandbox before that: whoever reads the lines finds all that it makes.

    Raises as ``Sandbox`` and its ``start()`` do.
    """
    # Blocked, and waited for: a handler that sets an event can meet the wait for it halfway, and never return.
    ends = {signal.SIGINT, signal.SIGTERM}
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ends)
    try:
        with Sandbox(
            port=port,
            replication_delay_seconds=replication_delay_seconds,
            operation_seconds=operation_seconds,
            auto_handshake=auto_handshake,
            same_validation=same_validation,
            keep=keep,
        ) as sandbox:
            if prepare is not None:
                prepare(sandbox)
            write(exports(sandbox.environment()))
            sys.stdout.flush()
            signal.sigwait(ends)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def exports(environment: Mapping[str, str]) -> str:
    """Return the environment as lines for a POSIX shell, and take away what would be preferred to it."""
    lines = [f"export {name}={shlex.quote(value)}" for name, value in environment.items()]
    return "\n".join(["unset AWS_PROFILE AWS_SESSION_TOKEN", *lines, ""])
