"""Emitted files beside what a folder has."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

import pytest

from latitude.hcl.tree import MANIFEST, Differences, differences, renew

if TYPE_CHECKING:
    from pathlib import Path

_MAIN: Final = "modules/registry/main.tf"
_README: Final = "modules/registry/README.md"
_FILES: Final = {
    _MAIN: "locals {}\n",
    _README: "# registry\n",
    MANIFEST: json.dumps({"files": [_MAIN, _README]}),
}
_SAME: Final = Differences(missing=(), stale=(), left=())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with the files as they are emitted."""
    renew(_FILES, tmp_path)
    return tmp_path


def test_differences_of_fresh_files_are_none(folder: Path) -> None:
    """A folder that has just been written has no differences, and says nothing."""
    assert differences(_FILES, folder) == _SAME
    assert str(_SAME) == ""


def test_differences_name_a_file_that_was_changed(folder: Path) -> None:
    """A file that somebody edited is stale."""
    (folder / _MAIN).write_text("locals { a = 1 }\n", encoding="utf-8")
    assert str(differences(_FILES, folder)) == f"stale: {_MAIN}"


def test_differences_name_a_file_that_is_not_there(folder: Path) -> None:
    """A file that was removed is missing."""
    (folder / _README).unlink()
    assert str(differences(_FILES, folder)) == f"missing: {_README}"


def test_differences_name_a_file_that_is_no_longer_emitted(folder: Path) -> None:
    """A region's file, once the region is gone, would still be part of the module: the manifest names it."""
    left = _with_left(folder, "us_west_2.tf")
    assert str(differences(_FILES, folder)) == f"stale: {MANIFEST}; no longer emitted: {left}"


def test_differences_leave_out_what_others_wrote(folder: Path) -> None:
    """Files that the manifest does not name, and Terraform's copies, are nobody's business here."""
    for name in ("modules/registry/ours.tf", "ours.tf", "modules/registry/.terraform/main.tf"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("locals {}\n", encoding="utf-8")
    assert differences(_FILES, folder) == _SAME


def test_renew_writes_what_differs_and_removes_what_is_no_longer_emitted(folder: Path) -> None:
    """Writing again leaves exactly what is emitted, and the files of others."""
    (folder / _MAIN).write_text("", encoding="utf-8")
    left = _with_left(folder, "modules/registry/us_west_2.tf")
    (folder / "modules" / "registry" / "ours.tf").write_text("locals {}\n", encoding="utf-8")
    found = renew(_FILES, folder)
    assert (found.stale, found.left) == ((_MAIN, MANIFEST), (left,))
    assert differences(_FILES, folder) == _SAME
    names = sorted(path.name for path in (folder / "modules" / "registry").iterdir())
    assert names == ["README.md", "main.tf", "ours.tf"]


def test_renew_removes_nothing_outside_of_the_folder(folder: Path) -> None:
    """A manifest that names a file beside the folder has been tampered with: the file stays."""
    beside = folder.parent / f"{folder.name}-beside.tf"
    beside.write_text("locals {}\n", encoding="utf-8")
    (folder / MANIFEST).write_text(json.dumps({"files": [f"../{beside.name}"]}), encoding="utf-8")
    assert renew(_FILES, folder).left == ()
    assert beside.is_file()


def test_differences_say_which_manifest_can_not_be_read(folder: Path) -> None:
    """What was emitted last time is not guessed."""
    (folder / MANIFEST).write_text("{", encoding="utf-8")
    with pytest.raises(ValueError, match=r"latitude\.json does not say which files were emitted; restore it"):
        differences(_FILES, folder)


def _with_left(folder: Path, name: str) -> str:
    """Write a file that the manifest names, and return its name."""
    (folder / name).write_text("locals {}\n", encoding="utf-8")
    (folder / MANIFEST).write_text(json.dumps({"files": [_MAIN, _README, name]}), encoding="utf-8")
    return name
