"""The configuration of Terraform's command line, where the machine's own is of no use."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from latitude.files import make_folder, write_text

if TYPE_CHECKING:
    from collections.abc import Mapping

MIRROR: Final = "LATITUDE_PROVIDER_MIRROR"
"""The environment variable that names a filesystem mirror of a provider registry."""
_ONE_HOST: Final = "*/*/*"
_OVERRIDES: Final = re.compile(r"\bdev_overrides\s*=?\s*\{[^}]*\}")


def usable_environment(environment: Mapping[str, str], directory: Path) -> dict[str, str]:
    """Return the environment for Terraform: as given, where Terraform can be expected to find its providers.

    A file that ``TF_CLI_CONFIG_FILE`` names is taken as it is, and the variable is left out if there is no such file.
    With ``LATITUDE_PROVIDER_MIRROR``, Terraform then gets a configuration, in ``directory``, that takes providers from
    this folder and from nowhere else. Nothing is looked for: a provider is a program that runs with your credentials,
    so that whoever names its folder has to be you. Without both, Terraform's own configuration and its implied mirror
    directories count, and then the registry.

    Raises:
        ValueError: ``LATITUDE_PROVIDER_MIRROR`` names no folder with providers, laid out HOST/NAMESPACE/TYPE.

    """
    usable = dict(environment)
    stated = usable.get("TF_CLI_CONFIG_FILE")
    if stated is not None and Path(stated).is_file():
        return usable
    usable.pop("TF_CLI_CONFIG_FILE", None)
    mirror = usable.get(MIRROR)
    if mirror:
        if not any(Path(mirror).glob(_ONE_HOST)):
            raise ValueError(
                f"{MIRROR}: must be a folder with providers below HOST/NAMESPACE/TYPE, as `terraform providers mirror` "
                f"makes it, got {mirror!r} (Terraform, CLI configuration: filesystem_mirror)"
            )
        text = _installation(Path(mirror).resolve())
        # A name of its own for each content: another run, with another mirror, may be reading its file at this moment.
        digest = hashlib.sha256(text.encode()).hexdigest()[:12]
        written = make_folder(directory) / f"terraform-{digest}.tfrc"
        write_text(written, text)
        usable["TF_CLI_CONFIG_FILE"] = str(written)
    return usable


def absent_configuration(environment: Mapping[str, str]) -> str | None:
    """Return one line about a ``TF_CLI_CONFIG_FILE`` that names no file, and is left out; ``None`` if none is."""
    stated = environment.get("TF_CLI_CONFIG_FILE")
    if stated is None or Path(stated).is_file():
        return None
    instead = f"the folder that {MIRROR} names" if environment.get(MIRROR) else "Terraform's own configuration"
    return f"TF_CLI_CONFIG_FILE={stated} names no file: {instead} counts for this run. Unset it, or write the file."


def _installation(mirror: Path) -> str:
    path = json.dumps(str(mirror), ensure_ascii=False).replace("${", "$${").replace("%{", "%%{")
    return f"provider_installation {{\n  filesystem_mirror {{\n    path = {path}\n  }}\n}}\n"


def mirror_arguments(environment: Mapping[str, str]) -> tuple[str, ...]:
    """Return the arguments of ``terraform providers lock`` that lead to the configured mirror.

    That command alone goes past the configuration, to the registry (Terraform, providers lock).

    Raises:
        ValueError: the configuration of Terraform's command line can't be read.

    """
    stated = environment.get("TF_CLI_CONFIG_FILE")
    path = _own_configuration() if stated is None else Path(stated)
    configured = _read(path) if path.is_file() else {}
    for installation in configured.get("provider_installation", []):
        for method, name, option in (("filesystem_mirror", "path", "fs"), ("network_mirror", "url", "net")):
            for mirror in installation.get(method, []):
                return (f"-{option}-mirror={_text(mirror[name])}",)
    return ()


def _read(path: Path) -> dict[str, Any]:
    import hcl2  # noqa: PLC0415  a parser that only this needs
    from lark.exceptions import LarkError  # noqa: PLC0415  the same

    try:
        # Keys in quotes, as addresses of providers are, were HCL's before its version 2, as this file still is.
        read: dict[str, Any] = hcl2.loads(_OVERRIDES.sub("", path.read_text("utf-8")))
    except (LarkError, UnicodeDecodeError) as error:
        raise ValueError(
            f"{path}: must be a configuration of Terraform's command line that Latitude can read, got: "
            f"{str(error).splitlines()[0]} (Terraform, CLI configuration)"
        ) from error
    return read


def _text(code: str) -> str:
    """Return the text that a quoted literal of HCL stands for."""
    text: str = json.loads(code) if code.startswith('"') else code
    return text.replace("$${", "${").replace("%%{", "%{")


def _own_configuration() -> Path:
    return Path.home() / ".terraformrc"
