"""The shell script that brings what exists in AWS back into states that were lost."""

from __future__ import annotations

import json
import shlex
from typing import TYPE_CHECKING, Any, Final

from latitude.operate.binary import DEFAULT_WORKSPACE, IN_SCRIPTS
from latitude.operate.import_ids import DOMAIN_ASSOCIATION, Ids
from latitude.operate.stack_values import UnknownIdError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_HEAD: Final = """\
#!/usr/bin/env bash
# Brings what exists in AWS into Terraform's state; nothing in AWS changes. Run it as often as you like: what is in the
# state is left alone, and what does not exist is left out. It needs Terraform, the AWS CLI, and credentials for both.
set -uo pipefail
account=$(aws sts get-caller-identity --query Account --output text) || exit 1

# look COMMAND …: what the AWS CLI finds, if that is one object; nothing otherwise, for one of several may be another's.
look() {
  local found each one=
  found=$("$@" < /dev/null) || return
  for each in $found; do
    if [ "$each" = None ]; then continue; fi
    if [ -n "$one" ]; then echo "several match, none is taken: $*" >&2; return 1; fi
    one=$each
  done
  printf '%s' "$one"
}

# bring ADDRESS ID: import an object, unless its id was not found, or the state has it.
bring() {
  case "$2" in
    '' | _* | *,) echo "not in AWS: $stack $1"; return ;;
  esac
  if grep -qxF -- "$1" <<< "$known"; then return; fi
  if said=$(terraform -chdir="$folder/$stack" import -input=false -no-color "${variables[@]}" "$1" "$2" \\
    2>&1 < /dev/null); then
    echo "imported: $stack $1"
  elif grep -qE 'Cannot import non-existent remote object|NotFound|NoSuch|couldn.t find resource' <<< "$said"; then
    echo "not in AWS: $stack $1"
  else
    echo "failed: $stack $1"; echo "$said"; failed=1
  fi
}

# enter STACK: connect a stack's folder to its state.
enter() {
  stack=$1
  variables=()
  terraform -chdir="$folder/$stack" init -input=false -no-color > /dev/null || exit 1
  known=$(terraform -chdir="$folder/$stack" state list 2> /dev/null)
}

# target HOST: say where the domain that was just imported leads. The provider learns that at creation only.
target() {
  if [ -z "$1" ]; then return; fi
  terraform -chdir="$folder/$stack" state pull > "$folder/$stack/recovered.tfstate" || exit 1
  if grep -q '"dns_target": null' "$folder/$stack/recovered.tfstate"; then
    sed "s|\\"dns_target\\": null|\\"dns_target\\": \\"$1\\"|" "$folder/$stack/recovered.tfstate" \\
      > "$folder/$stack/recovered.new" &&
      terraform -chdir="$folder/$stack" state push -force recovered.new > /dev/null || failed=1
  fi
  rm -f "$folder/$stack/recovered.tfstate" "$folder/$stack/recovered.new"
}

failed=0
"""
_TAIL: Final = """
exit "$failed"
"""


def recovery(stacks: Sequence[str], *, folder: Path) -> str:
    """Return the script for synthesized stacks, whose folders are below ``folder``."""
    lines = [_HEAD, IN_SCRIPTS, DEFAULT_WORKSPACE, f"folder={shlex.quote(str(folder))}"]
    for stack in stacks:
        document = json.loads((folder / stack / "cdk.tf.json").read_text("utf-8"))
        lines += ["", f"enter {shlex.quote(stack)}"]
        # Else a record of a region that drains would have no place in the state, and be there for ever.
        lines += ["variables=('-var=draining=[]')"] if "draining" in document.get("variable", {}) else []
        lines += _imports(document)
    return "\n".join([*lines, _TAIL])


def _imports(document: dict[str, Any]) -> list[str]:
    """Return the lines of a stack; each lookup stands before the first line that needs it."""
    ids = Ids(document=document)
    lines: list[str] = []
    for kind, found in document.get("resource", {}).items():
        for name in found:
            known = len(ids.commands)
            try:
                index = "[0]" if "count" in found[name] else ""
                line = f'bring {shlex.quote(f"{kind}.{name}{index}")} "{ids.of(kind, name)}"'
            except UnknownIdError as error:
                line = f"# {kind}.{name} is not imported: {error}."
            lines += [f"{variable}=$(look {command})" for variable, command in list(ids.commands.items())[known:]]
            lines.append(line)
            if kind == DOMAIN_ASSOCIATION:
                lines += _target(ids, found[name])
    return lines


def _target(ids: Ids, block: dict[str, Any]) -> list[str]:
    known = len(ids.commands)
    host = ids.text({"host": block["service_arn"].replace(".arn}", ".service_url}")}, "host")
    return [
        *(f"{variable}=$(look {command})" for variable, command in list(ids.commands.items())[known:]),
        f'target "{host}"',
    ]
