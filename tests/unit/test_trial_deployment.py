"""Where the stacks on trial have their provider from."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from latitude.operate.terraform import Terraform
from latitude.trial.deployment import Deployment
from latitude.trial.jobs import Jobs

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pytest

_BLOCK = 'provider "registry.terraform.io/hashicorp/aws" {\n  version = "5.100.0"\n'
_HASHED = _BLOCK + '  hashes = [\n    "h1:8cb98768bcea942df561a918d65a8751f787ab348f7=",\n  ]\n}\n'


def test_stack_has_no_checksums_once_it_is_initialized(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """``init`` sees the checksums that the first one wrote, and Terraform does not check them in each command."""
    met = []

    def init(terraform: Terraform, *_: str) -> None:
        lock = terraform.directory / ".terraform.lock.hcl"
        met.append(lock.read_text("utf-8"))
        lock.write_text(_HASHED, encoding="utf-8")

    @contextmanager
    def listen(_: str) -> Iterator[None]:
        yield None

    monkeypatch.setattr(Terraform, "init", init)
    for stack in ("orders-data", "orders-registry"):
        (tmp_path / "stacks" / stack).mkdir(parents=True)
    with Jobs() as jobs:
        deployment = Deployment(tmp_path, environment={}, listen=listen, jobs=jobs)  # type: ignore[arg-type]  # hears nothing
        deployment.init("orders-data", "orders-registry", "orders-data")
    assert met == [_BLOCK + "}\n", _HASHED, _HASHED]
    for stack in ("orders-data", "orders-registry"):
        assert (tmp_path / "stacks" / stack / ".terraform.lock.hcl").read_text("utf-8") == _BLOCK + "}\n"
