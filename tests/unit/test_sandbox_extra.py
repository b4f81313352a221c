"""How the extra ``sandbox`` is installed, told by where Latitude itself came from."""

from __future__ import annotations

import json
import tomllib
from importlib.metadata import Distribution, PackageNotFoundError
from pathlib import Path
from typing import Final

import pytest

from latitude.sandbox import extra

_PYPROJECT: Final = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8"))
_VCS: Final = {"vcs": "git", "commit_id": "0123abc", "requested_revision": "main"}
_GIT: Final = "https://git.example.com/platform/latitude.git"


class _Installed(Distribution):
    """A distribution that has the files given."""

    def __init__(self, **files: str) -> None:
        self._files = {name.replace("_json", ".json"): text for name, text in files.items()}

    def read_text(self, filename: str) -> str | None:
        return self._files.get(filename)

    def locate_file(self, path: object) -> Path:
        return Path(str(path))


def _remedy(monkeypatch: pytest.MonkeyPatch, **files: str) -> str:
    monkeypatch.setattr(extra, "distribution", lambda _: _Installed(**files))
    return extra.remedy()


@pytest.mark.parametrize(
    ("origin", "expected"),
    [
        (
            {"url": "file:///wheels/latitude-0.1.0-py3-none-any.whl", "archive_info": {}},
            "pip install 'latitude[sandbox] @ file:///wheels/latitude-0.1.0-py3-none-any.whl'",
        ),
        ({"url": _GIT, "vcs_info": _VCS}, f"pip install 'latitude[sandbox] @ git+{_GIT}@0123abc'"),
        (
            {"url": _GIT, "vcs_info": _VCS, "subdirectory": "python"},
            f"pip install 'latitude[sandbox] @ git+{_GIT}@0123abc#subdirectory=python'",
        ),
        ({"url": "file:///src/latitude", "dir_info": {}}, "pip install 'latitude[sandbox] @ file:///src/latitude'"),
        (
            {"url": "file:///src/latitude", "dir_info": {"editable": True}},
            "pip install -e 'file:///src/latitude[sandbox]'",
        ),
    ],
    ids=["wheel", "git", "folder-in-git", "checkout", "editable"],
)
def test_remedy_names_where_latitude_came_from(
    origin: dict[str, object], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The extra comes from the very address that the installer wrote down (PEP 610)."""
    assert _remedy(monkeypatch, direct_url_json=json.dumps(origin)) == expected


def test_remedy_speaks_to_the_installer_that_was_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """An environment of uv has no pip."""
    origin = json.dumps({"url": "file:///w.whl", "archive_info": {}})
    said = _remedy(monkeypatch, direct_url_json=origin, INSTALLER="uv\n")
    assert said == "uv pip install 'latitude[sandbox] @ file:///w.whl'"


def test_remedy_of_a_latitude_from_an_index_names_the_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Which index is unknown: what is in the extra has the same name in each, and Latitude's own is not said."""
    requires = "Metadata-Version: 2.4\nRequires-Dist: rich\n" + "".join(
        f"Requires-Dist: {each}; extra == 'sandbox'\n" for each in ("boto3>=1.40", "moto[s3]<5.3,>=5.2")
    )
    assert _remedy(monkeypatch, METADATA=requires) == "pip install 'boto3>=1.40' 'moto[s3]<5.3,>=5.2'"


def test_remedy_without_an_installation_names_no_command(monkeypatch: pytest.MonkeyPatch) -> None:
    """Latitude may be on the path alone: there is no address then."""

    def missing(name: str) -> Distribution:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(extra, "distribution", missing)
    assert extra.remedy() == "install the packages of Latitude's extra 'sandbox'"


def test_packages_that_are_looked_for_are_those_of_the_extra() -> None:
    """A package that joins the extra is looked for."""
    stated = {
        each.partition(">")[0].partition("[")[0] for each in _PYPROJECT["project"]["optional-dependencies"]["sandbox"]
    }
    assert set(vars(extra)["_PACKAGES"]) == stated
