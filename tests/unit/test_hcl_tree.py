"""Emitted files beside what a folder has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from latitude.hcl.tree import Differences, differences, renew

if TYPE_CHECKING:
    from pathlib import Path

_NOTE: Final = "# Emitted by Latitude 0.1.0: latitude emit --regions us-east-1\n"
_FILES: Final = {"registry/main.tf": f"{_NOTE}\nlocals {{}}\n", "registry/README.md": f"# registry\n\n{_NOTE}"}
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
    (folder / "registry" / "main.tf").write_text(f"{_NOTE}\nlocals {{ a = 1 }}\n", encoding="utf-8")
    assert str(differences(_FILES, folder)) == "stale: registry/main.tf"


def test_differences_name_a_file_whose_note_was_taken_out(folder: Path) -> None:
    """A file at the place of an emitted one is stale without Latitude's note too."""
    (folder / "registry" / "main.tf").write_text("locals {}\n", encoding="utf-8")
    assert differences(_FILES, folder) == Differences(missing=(), stale=("registry/main.tf",), left=())


def test_differences_name_a_file_that_is_not_there(folder: Path) -> None:
    """A file that was removed is missing."""
    (folder / "registry" / "README.md").unlink()
    assert str(differences(_FILES, folder)) == "missing: registry/README.md"


def test_differences_name_a_file_that_is_no_longer_emitted(folder: Path) -> None:
    """A region's file, once the region is gone, would still be part of the module."""
    (folder / "registry" / "us_west_2.tf").write_text(_NOTE, encoding="utf-8")
    assert str(differences(_FILES, folder)) == "no longer emitted: registry/us_west_2.tf"


def test_differences_leave_out_what_others_wrote(folder: Path) -> None:
    """Files without Latitude's note, or beside the modules, and Terraform's copies are nobody's business here."""
    (folder / "registry" / "ours.tf").write_text(f"locals {{}} # not {_NOTE}", encoding="utf-8")
    (folder / "ours.tf").write_text(_NOTE, encoding="utf-8")
    (folder / "registry" / ".terraform").mkdir()
    (folder / "registry" / ".terraform" / "main.tf").write_text(_NOTE, encoding="utf-8")
    assert differences(_FILES, folder) == _SAME


def test_renew_writes_what_differs_and_removes_what_is_no_longer_emitted(folder: Path) -> None:
    """Writing again leaves exactly what is emitted, and the files of others."""
    (folder / "registry" / "main.tf").write_text(_NOTE, encoding="utf-8")
    (folder / "registry" / "us_west_2.tf").write_text(_NOTE, encoding="utf-8")
    (folder / "registry" / "ours.tf").write_text("locals {}\n", encoding="utf-8")
    found = renew(_FILES, folder)
    assert (found.stale, found.left) == (("registry/main.tf",), ("registry/us_west_2.tf",))
    assert differences(_FILES, folder) == _SAME
    assert sorted(path.name for path in (folder / "registry").iterdir()) == ["README.md", "main.tf", "ours.tf"]
