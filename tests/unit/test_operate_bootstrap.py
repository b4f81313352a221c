"""Bootstrap's way from local state into the bucket, with a stand-in for Terraform that writes down how it was run."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

import pytest

from latitude.operate.bootstrap import Bootstrap, BootstrapError, Outcome
from latitude.operate.terraform import Terraform, TerraformError

if TYPE_CHECKING:
    from pathlib import Path

# A file beside it tells what a command says before it fails; `unchanged` makes every plan empty.
TERRAFORM: Final = """#!/bin/sh
here=$(dirname "$0")
override=$([ -e bootstrap_override.tf.json ] && echo " with local state")
echo "$1$override" >> "$here/log"
if [ -e "$here/$1.fails" ]; then cat "$here/$1.fails" >&2; exit 1; fi
case "$1" in
plan) [ -e "$here/unchanged" ] || exit 2 ;;
show) echo '{"resource_changes": [{"change": {"actions": ["create"]}}]}' ;;
apply) touch "$here/unchanged" ;;
state) cat "$here/listed" 2>/dev/null ;;
esac
exit 0
"""
ORPHAN: Final = (
    "Error: creating S3 Bucket (orders-state): operation error S3: CreateBucket, https response error StatusCode: 409, "
    "BucketAlreadyOwnedByYou:"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with the stand-in, where there is no bucket yet."""
    (tmp_path / "terraform").write_text(TERRAFORM)
    (tmp_path / "terraform").chmod(0o755)
    (tmp_path / "stack").mkdir()
    return tmp_path


def walk(folder: Path) -> Outcome:
    """Bootstrap."""
    return Bootstrap(
        terraform=Terraform(directory=folder / "stack", environment=os.environ, program=str(folder / "terraform")),
        local_state=folder / "local.tfstate",
        tell=lambda _: None,
        confirm=lambda changes: changes.add == 1,
    ).run()


def runs(folder: Path) -> list[str]:
    """Return Terraform's commands, and whether the state was local."""
    return (folder / "log").read_text().splitlines()


def test_bootstrap_killed_before_it_moved_the_state_moves_it(folder: Path) -> None:
    """Everything is made and the local state is there: nothing is applied again, and the state moves."""
    (folder / "local.tfstate").write_text("{}")
    (folder / "unchanged").touch()
    (folder / "stack" / "bootstrap_override.tf.json").write_text("left behind")
    assert walk(folder) == "made"
    assert runs(folder) == ["init with local state", "plan with local state", "init", "plan"]
    assert [path.name for path in folder.glob("local.tfstate*")] == ["local.tfstate.moved"]


def test_bootstrap_whose_move_fails_keeps_the_local_state(folder: Path) -> None:
    """The local state is the record of how far it got until the other is there."""
    (folder / "local.tfstate").write_text("{}")
    (folder / "init.fails").write_text("Error: no route to host")
    with pytest.raises(TerraformError, match="no route to host"):
        walk(folder)
    assert (folder / "local.tfstate").exists()
    assert list((folder / "stack").iterdir()) == []


def test_bootstrap_names_a_bucket_that_a_killed_run_left_behind(folder: Path) -> None:
    """A bucket that AWS has and the state lacks is in the way: the message names it, and what to do."""
    (folder / "local.tfstate").write_text("{}")
    (folder / "apply.fails").write_text(ORPHAN)
    with pytest.raises(BootstrapError) as refused:
        walk(folder)
    assert str(refused.value) == (
        "the bucket orders-state is there, but not in the state: an earlier run was killed while it made the bucket, "
        "or someone else made it. If it is empty and yours, remove it with `aws s3 rb s3://orders-state`, and run this "
        "again."
    )


def test_bootstrap_of_buckets_as_described_applies_nothing(folder: Path) -> None:
    """With the state in its bucket a run compares, and that is all."""
    (folder / "listed").write_text("aws_s3_bucket.state_us_east_1\n")
    (folder / "unchanged").touch()
    assert walk(folder) == "unchanged"
    assert runs(folder) == ["init", "state", "plan"]
