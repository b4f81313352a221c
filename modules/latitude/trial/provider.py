"""The AWS provider of a trial: installed once, and taken from there by every other command."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Final

from latitude.files import write_text
from latitude.operate.cli_config import usable_environment
from latitude.operate.terraform import TerraformError
from latitude.stacks.locks import PROVIDER_LOCK

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_SOURCE: Final = "registry.terraform.io/hashicorp/aws"
_TRIED_VERSION: Final = "5.100.0"
"""The provider that the embedded AWS is tried with."""
_QUICK: Final = """\
provider_installation {{
  dev_overrides {{
    "{source}" = {package}
  }}
  filesystem_mirror {{
    path = {mirror}
  }}
}}
"""


class Provider:
    """Where the commands of a trial have their provider from: at first, from where ``environment`` says.

    Once a stack has installed it, that stack's folder is the mirror of the others. Terraform also takes the provider
    from there as one takes one in development: it then doesn't compare the checksums of all of its 700 MB, three
    seconds of a processor in each command (Terraform, CLI configuration: filesystem_mirror, dev_overrides).
    """

    def __init__(self, environment: Mapping[str, str], folder: Path) -> None:
        self.environment = _environment(environment, folder)
        self.is_installed = False
        self._folder = folder

    def install(self, directory: Path, init: Callable[[], None]) -> None:
        """Initialize the stack in ``directory``; the first one installs the version that trials are held to.

        Where there is another version only, such as in a mirror, that one has to do.

        Raises:
            TerraformError: the stack can't be initialized.

        """
        if self.is_installed:
            init()
            return
        lock = directory / PROVIDER_LOCK
        wished = not lock.is_file()
        if wished:
            lock.write_text(f'provider "{_SOURCE}" {{\n  version = "{_TRIED_VERSION}"\n}}\n', encoding="utf-8")
        try:
            init()
        except TerraformError:
            if not wished:
                raise
            lock.unlink()
            init()
        self.is_installed = True
        self._take(directory)

    def _take(self, directory: Path) -> None:
        # None is there where the environment's own configuration has taken it from elsewhere.
        mirror = (directory / ".terraform" / "providers").absolute()
        for package in mirror.glob(f"{_SOURCE}/*/*"):
            places = {"package": package.resolve(), "mirror": mirror}
            text = _QUICK.format(source=_SOURCE, **{name: json.dumps(str(place)) for name, place in places.items()})
            written = self._folder / "provider.tfrc"
            write_text(written, text)
            self.environment["TF_CLI_CONFIG_FILE"] = str(written.absolute())


def _environment(environment: Mapping[str, str], folder: Path) -> dict[str, str]:
    """Return the environment in which Terraform finds providers, loads none twice, and collects less garbage.

    A provider's schemas are some hundred megabytes, which Go would go through again and again while they are made.
    """
    usable = {"GOGC": "400", **usable_environment(environment, folder)}
    own = Path.home() / ".terraformrc"
    if "TF_CLI_CONFIG_FILE" not in usable and "TF_PLUGIN_CACHE_DIR" not in usable and not own.is_file():
        cache = Path(".latitude", "providers").absolute()
        cache.mkdir(parents=True, exist_ok=True)
        usable["TF_PLUGIN_CACHE_DIR"] = str(cache)
    return usable
