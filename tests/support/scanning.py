"""Checkov over Terraform plans, in an environment of its own, and what docs/security.md argues of its objections."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tests.support.installed import ROOT

if TYPE_CHECKING:
    from collections.abc import Mapping

_LOCK: Final = Path(__file__).with_name("checkov.lock")
_ARGUED: Final = re.compile(r"^\| `(CKV\w+)` \| ([^|]+) \|", re.MULTILINE)


@dataclass(frozen=True, kw_only=True)
class Scanned:
    """What Checkov found: the addresses that it looked at, and those of each check that failed."""

    looked_at: frozenset[str]
    failed: Mapping[str, frozenset[str]]


@dataclass(frozen=True, kw_only=True)
class Scanner:
    """Checkov as ``checkov.lock`` has it, installed with its hashes into a folder."""

    folder: Path

    def install(self) -> None:
        """Make the environment; it takes a few seconds."""
        uv = [sys.executable, "-m", "uv", "--quiet"]
        subprocess.run([*uv, "venv", "--python", sys.executable, self._venv], check=True)
        python = self._venv / "bin" / "python"
        requested = ("--require-hashes", "--requirement", _LOCK)
        subprocess.run([*uv, "pip", "install", "--python", python, *requested], check=True)

    def scan(self, plans: Mapping[str, Mapping[str, Any]]) -> Scanned:
        """Scan plans as ``terraform show -json`` tells them, by their names, without a word to anyone else.

        Raises:
            AssertionError: Checkov could not read one of them.

        """
        place = self.folder / "plans"
        place.mkdir(exist_ok=True)
        for left in place.iterdir():
            left.unlink()
        for name, plan in plans.items():
            # It reads them as YAML too, which knows no pairs of surrogates.
            (place / f"{name}.json").write_text(json.dumps(plan, ensure_ascii=False), encoding="utf-8")
        # Without --skip-download it asks its maker for texts to go with the objections.
        options = ("--framework", "terraform_plan", "--compact", "--skip-download", "--soft-fail")
        command = [str(self._venv / "bin" / "checkov"), "--directory", str(place), *options, "--output", "json"]
        told = subprocess.run(command, capture_output=True, text=True, check=True, cwd=self.folder)
        found = json.loads(told.stdout)
        assert found["results"]["parsing_errors"] == [], told.stdout
        return _scanned(found["results"])

    @property
    def _venv(self) -> Path:
        return self.folder / "venv"


def argued(where: str) -> set[str]:
    """Return the checks that docs/security.md says fail there, and why they may: in ``main.py``, or in ``modules``."""
    rows = _ARGUED.findall((ROOT / "docs" / "security.md").read_text("utf-8"))
    return {check for check, places in rows if where in places.replace("`", "").split(", ")}


def _scanned(results: Mapping[str, Any]) -> Scanned:
    failed: dict[str, set[str]] = {}
    for each in results["failed_checks"]:
        failed.setdefault(each["check_id"], set()).add(each["resource"])
    looked_at = {each["resource"] for kind in ("failed_checks", "passed_checks") for each in results[kind]}
    return Scanned(looked_at=frozenset(looked_at), failed={check: frozenset(at) for check, at in failed.items()})
