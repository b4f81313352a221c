"""The configuration of Terraform's command line, where the machine's own is of no use."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_REGISTRY: Final = "registry.terraform.io"
_DEEPEST_MIRROR: Final = 3


def usable_environment(environment: Mapping[str, str], directory: Path) -> dict[str, str]:
    """Return the environment for Terraform: as given, where Terraform can be expected to find its providers.

    ``TF_CLI_CONFIG_FILE`` that names no file is left out. A machine with a filesystem mirror of the registry, and no
    configuration of its own, gets one that uses the mirror, in ``directory``.
    """
    usable = dict(environment)
    stated = usable.get("TF_CLI_CONFIG_FILE")
    if stated is not None and Path(stated).is_file():
        return usable
    usable.pop("TF_CLI_CONFIG_FILE", None)
    mirror = None if _own_configuration().is_file() else next(_mirrors(Path("/"), _DEEPEST_MIRROR), None)
    if mirror is not None:
        directory.mkdir(parents=True, exist_ok=True)
        written = directory / "terraform.tfrc"
        written.write_text(f'provider_installation {{\n  filesystem_mirror {{\n    path = "{mirror}"\n  }}\n}}\n')
        usable["TF_CLI_CONFIG_FILE"] = str(written)
    return usable


def mirror_arguments(environment: Mapping[str, str]) -> tuple[str, ...]:
    """Return the arguments of ``terraform providers lock`` that lead to the configured mirror.

    That command alone goes past the configuration, to the registry (Terraform, providers lock).
    """
    import hcl2  # noqa: PLC0415  a parser that only this needs

    stated = environment.get("TF_CLI_CONFIG_FILE")
    path = _own_configuration() if stated is None else Path(stated)
    configured = hcl2.loads(path.read_text("utf-8")) if path.is_file() else {}
    for installation in configured.get("provider_installation", []):
        for method, name, option in (("filesystem_mirror", "path", "fs"), ("network_mirror", "url", "net")):
            for mirror in installation.get(method, []):
                place = mirror[name].strip('"')
                return (f"-{option}-mirror={place}",)
    return ()


def _own_configuration() -> Path:
    return Path.home() / ".terraformrc"


def _mirrors(directory: Path, depth: int) -> Iterator[Path]:
    """Yield the folders that hold a folder of the public registry's providers, not below other file systems."""
    with suppress(OSError):
        folders = sorted(entry.path for entry in os.scandir(directory) if _is_own_folder(entry))
        for folder in map(Path, folders):
            if folder.name == _REGISTRY:
                yield directory
            elif depth > 1:
                yield from _mirrors(folder, depth - 1)


def _is_own_folder(entry: os.DirEntry[str]) -> bool:
    if not entry.is_dir(follow_symlinks=False):
        return False
    return entry.stat(follow_symlinks=False).st_dev == Path("/").stat().st_dev
