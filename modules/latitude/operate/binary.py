"""Which program is Terraform: the one of the PATH, or the one that is named, such as OpenTofu's ``tofu``."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

BINARY: Final = "TERRAFORM_BINARY_NAME"
"""The environment variable that names it, a name on the PATH or a path: cdktf's own (CDK for Terraform, environment
variables), so that ``cdktf deploy`` and Latitude run the same."""
TERRAFORM: Final = "terraform"
OPENTOFU: Final = "tofu"
IN_SCRIPTS: Final = f'{TERRAFORM}() {{ command "${{{BINARY}:-{TERRAFORM}}}" "$@"; }}'
"""What a script says before its first ``terraform``: it runs the same program, whichever shell it is run in."""
DEFAULT_WORKSPACE: Final = (
    'if [ "${TF_WORKSPACE:-default}" != default ]; then '
    'echo "TF_WORKSPACE must be unset: in another workspace the states are elsewhere" >&2; exit 1; fi'
)
_INSTALL: Final = "install Terraform 1.11 or newer"


def binary(environment: Mapping[str, str]) -> str:
    """Return the program as it is started: a path in it counts from this folder, not from a stack's."""
    named = environment.get(BINARY) or TERRAFORM
    return str(Path(named).absolute()) if os.sep in named else named


def is_opentofu(environment: Mapping[str, str]) -> bool:
    """Say whether the program is OpenTofu, by its name."""
    return Path(binary(environment)).name == OPENTOFU


def absent(environment: Mapping[str, str]) -> str | None:
    """Return why there is no Terraform to run; ``None`` if there is one."""
    if shutil.which(binary(environment), path=environment.get("PATH")) is not None:
        return None
    named = environment.get(BINARY)
    if not named:
        return f"{TERRAFORM} is not on the PATH: {_INSTALL}, or name another program with {BINARY}, such as {OPENTOFU}"
    return f"{BINARY}={named} names no program that can be run: {_INSTALL}, or unset it"
