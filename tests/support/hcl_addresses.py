"""Every address of the emitted modules.

``python -m tests.support.hcl_addresses > tests/unit/golden/hcl_addresses.txt`` renews the list.
"""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Final

from latitude.hcl.emit import emitted
from latitude.hcl.inputs.modules import modules

if TYPE_CHECKING:
    from collections.abc import Iterator

REGIONS: Final = ("us-east-1", "us-west-2", "eu-west-1")
_KINDS: Final = {"module": "module.", "data": "data.", "resource": ""}


def listed() -> str:
    """Return the addresses, one a line behind the module, with what tells the instances of one apart."""
    files = emitted(REGIONS)
    found = [
        f"{module.name} {address}"
        for module in modules(REGIONS)
        for name, text in files.items()
        if re.fullmatch(rf"{module.path}[^/]+\.tf", name)
        for address in _addresses(text)
    ]
    return "".join(f"{line}\n" for line in sorted(found))


def _addresses(text: str) -> Iterator[str]:
    for block in re.split(r'^(?=(?:module|data|resource) ")', text, flags=re.MULTILINE):
        found = re.match(r'(module|data|resource) "(\w+)"(?: "(\w+)")? \{((?:\n(?:  .*)?)*)', block)
        if found is not None:
            kind, first, second, body = found.groups()
            instances = "[KEY]" if "\n  for_each " in body else "[0]" if "\n  count " in body else ""
            yield f"{_KINDS[kind]}{first}{f'.{second}' if second else ''}{instances}"


if __name__ == "__main__":
    sys.stdout.write(listed())
