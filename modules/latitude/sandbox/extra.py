"""What the embedded AWS needs beyond Latitude: the extra ``sandbox``, and how to install it."""

from __future__ import annotations

import json
import re
import shlex
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from importlib.util import find_spec
from typing import Final

_PACKAGES: Final = {
    "boto3": "boto3",
    "cloudpickle": "cloudpickle",
    "flask": "flask",
    "moto": "moto",
}
"""The packages of the extra, and what each is imported as."""


def require_embedded() -> None:
    """Say how to install what the embedded AWS needs.

    Raises:
        ValueError: it is not installed.

    """
    missing = [package for package, module in _PACKAGES.items() if find_spec(module) is None]
    if missing:
        raise ValueError(f"the embedded AWS needs {', '.join(missing)}: {remedy()}")


def remedy() -> str:
    """Return how to install the extra from where Latitude itself came from.

    Latitude is in no public index, where anybody may take its name: it is only ever named with its address, as the
    installer wrote it down (PEP 610, ``direct_url.json``). Where it wrote down none, the extra's packages are named.
    """
    try:
        found = distribution("latitude")
    except PackageNotFoundError:
        return "install the packages of Latitude's extra 'sandbox'"
    origin = _origin(found)
    what = _packages(found) if origin is None else origin
    pip = "uv pip" if (found.read_text("INSTALLER") or "").strip() == "uv" else "pip"
    return f"{pip} install {what}"


def _origin(found: Distribution) -> str | None:
    """Return pip's argument for the extra, from where Latitude came; ``None`` if that was an index."""
    text = found.read_text("direct_url.json")
    if text is None:
        return None
    said = json.loads(text)
    url = str(said["url"])
    if said.get("dir_info", {}).get("editable"):
        return f"-e {shlex.quote(f'{url}[sandbox]')}"
    if "vcs_info" in said:
        url = f"{said['vcs_info']['vcs']}+{url}@{said['vcs_info']['commit_id']}"
    if "subdirectory" in said:
        url = f"{url}#subdirectory={said['subdirectory']}"
    return shlex.quote(f"latitude[sandbox] @ {url}")


def _packages(found: Distribution) -> str:
    """Return the requirements of the extra, as the installed Latitude states them."""
    stated = (re.fullmatch(r"(.*?)\s*;\s*extra == ['\"]sandbox['\"]", each) for each in found.requires or ())
    return " ".join(shlex.quote(match[1]) for match in stated if match is not None)
