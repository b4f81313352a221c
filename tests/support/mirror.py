"""The filesystem mirror of this machine, for tests and for `make demo` where no provider registry can be reached.

Latitude itself looks for none: a provider is a program. Only folders that the machine's administrator alone can have
written are taken here. As a program, prints the folder; prints nothing if there is none.
"""

from __future__ import annotations

import os
import platform
from pathlib import Path
from typing import Final

_PLACES: Final = ("/opt", "/srv", "/usr/local")
_REGISTRY: Final = "registry.terraform.io"
_OTHERS_WRITE: Final = 0o022
PROVIDER: Final = "hashicorp/aws"
PROVIDER_VERSION: Final = "5.100.0"
"""The provider that can be run without a registry."""
_QUICK: Final = """\
provider_installation {{
  dev_overrides {{
    "{provider}" = "{package}"
  }}
  filesystem_mirror {{
    path = "{mirror}"
  }}
}}
"""


def machine_mirror() -> str:
    """Return the folder that ``LATITUDE_PROVIDER_MIRROR`` is to name; an empty text if the machine has none."""
    for place in map(Path, _PLACES):
        for found in (*place.glob(_REGISTRY), *place.glob(f"*/{_REGISTRY}")):
            if all(_is_the_administrators(folder) for folder in (place, found.parent, found)):
                return str(found.parent)
    return ""


def quick_environment(folder: Path) -> dict[str, str]:
    """Return variables with which Terraform spends less time on itself and on the provider, and does the same.

    Where the machine has a mirror, its provider is taken as a development override: Terraform then doesn't read all of
    the 700 MB to compare checksums in each command, which is three seconds of a processor. Garbage is collected once a
    process has a gigabyte, which spares another. Other tests run beside: a process that keeps to one processor takes a
    fifth less of it.
    """
    quick = {"GOGC": "off", "GOMEMLIMIT": "1GiB", "GOMAXPROCS": "1"}
    mirror = machine_mirror()
    package = Path(mirror) / _REGISTRY / PROVIDER / PROVIDER_VERSION / _platform()
    if mirror and package.is_dir():
        file = folder / "terraform.tfrc"
        file.write_text(_QUICK.format(provider=PROVIDER, package=package, mirror=mirror), encoding="utf-8")
        quick["TF_CLI_CONFIG_FILE"] = str(file)
    return quick


def _platform() -> str:
    machine = {"x86_64": "amd64", "aarch64": "arm64"}.get(platform.machine(), platform.machine())
    return f"{platform.system().lower()}_{machine}"


def _is_the_administrators(folder: Path) -> bool:
    status = os.lstat(folder)
    return status.st_uid == 0 and not status.st_mode & _OTHERS_WRITE and not folder.is_symlink()


if __name__ == "__main__":
    print(machine_mirror())  # noqa: T201  what the Makefile reads
