"""The filesystem mirror of this machine, for tests and for `make demo` where no provider registry can be reached.

Latitude itself looks for none: a provider is a program. Only folders that the machine's administrator alone can have
written are taken here. As a program, prints the folder; prints nothing if there is none.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

_PLACES: Final = ("/opt", "/srv", "/usr/local")
_REGISTRY: Final = "registry.terraform.io"
_OTHERS_WRITE: Final = 0o022


def machine_mirror() -> str:
    """Return the folder that ``LATITUDE_PROVIDER_MIRROR`` is to name; an empty text if the machine has none."""
    for place in map(Path, _PLACES):
        for found in (*place.glob(_REGISTRY), *place.glob(f"*/{_REGISTRY}")):
            if all(_is_the_administrators(folder) for folder in (place, found.parent, found)):
                return str(found.parent)
    return ""


def _is_the_administrators(folder: Path) -> bool:
    status = os.lstat(folder)
    return status.st_uid == 0 and not status.st_mode & _OTHERS_WRITE and not folder.is_symlink()


if __name__ == "__main__":
    print(machine_mirror())  # noqa: T201  what the Makefile reads
