"""Where the stacks on trial have their provider from."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from latitude.operate.terraform import Terraform, TerraformError
from latitude.trial.deployment import Deployment
from latitude.trial.jobs import Jobs
from latitude.trial.provider import Provider

if TYPE_CHECKING:
    from collections.abc import Iterator

_LOCK = ".terraform.lock.hcl"
_WISH = 'provider "registry.terraform.io/hashicorp/aws" {\n  version = "5.100.0"\n}\n'
_PACKAGE = ".terraform/providers/registry.terraform.io/hashicorp/aws/5.100.0/linux_amd64"


@contextmanager
def _listen(_: str) -> Iterator[None]:
    yield None


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with the stacks of an application."""
    for stack in ("orders-data", "orders-registry"):
        (tmp_path / "stacks" / stack).mkdir(parents=True)
    return tmp_path


def _initialized(folder: Path, *stacks: str) -> Provider:
    provider = Provider({}, folder)
    with Jobs() as jobs:
        Deployment(folder, provider=provider, listen=_listen, jobs=jobs).init(*stacks)  # type: ignore[arg-type]  # hears nothing
    return provider


def test_provider_that_one_stack_has_installed_is_taken_by_all(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first stack asks for the version that is tried; then Terraform's configuration names where it lies."""
    met: dict[str, tuple[bool, str]] = {}

    def init(terraform: Terraform, *_: str) -> None:
        configured = terraform.environment.get("TF_CLI_CONFIG_FILE")
        said = "" if configured is None else Path(configured).read_text("utf-8")
        met[terraform.directory.name] = ((terraform.directory / _LOCK).is_file(), said)
        (terraform.directory / _PACKAGE).mkdir(parents=True)

    monkeypatch.delenv("TF_CLI_CONFIG_FILE", raising=False)
    monkeypatch.setattr(Terraform, "init", init)
    _initialized(folder, "orders-data", "orders-registry")
    assert met["orders-data"] == (True, "")
    assert (folder / "stacks" / "orders-data" / _LOCK).read_text("utf-8") == _WISH
    pinned, said = met["orders-registry"]
    assert not pinned
    assert f'path = "{folder / "stacks" / "orders-data" / ".terraform" / "providers"}"' in said
    assert f'"registry.terraform.io/hashicorp/aws" = "{folder / "stacks" / "orders-data" / _PACKAGE}"' in said


def test_another_version_has_to_do_where_there_is_no_other(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A mirror may have one version only."""
    tries: list[bool] = []

    def init(terraform: Terraform, *_: str) -> None:
        tries.append((terraform.directory / _LOCK).is_file())
        if tries[-1]:
            raise TerraformError("init", terraform.directory, "no such version", 1)

    monkeypatch.setattr(Terraform, "init", init)
    provider = _initialized(folder, "orders-data")
    assert tries == [True, False]
    assert provider.is_installed


def test_stack_that_can_not_be_initialized_with_its_own_lock_ends_the_trial(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What somebody has locked stays locked."""
    lock = folder / "stacks" / "orders-data" / _LOCK
    lock.write_text(_WISH, encoding="utf-8")

    def init(terraform: Terraform, *_: str) -> None:
        raise TerraformError("init", terraform.directory, "no such version", 1)

    monkeypatch.setattr(Terraform, "init", init)
    with pytest.raises(TerraformError):
        _initialized(folder, "orders-data")
    assert lock.read_text("utf-8") == _WISH
