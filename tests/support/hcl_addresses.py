"""Every address of the emitted modules.

``python -m tests.support.hcl_addresses > tests/unit/golden/hcl_addresses.txt`` renews the list.
"""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Final

from latitude.hcl.blocks import many_in
from latitude.hcl.blueprint import runs
from latitude.hcl.composed import NAME, resources
from latitude.hcl.emit import parts
from latitude.hcl.merge import merged

if TYPE_CHECKING:
    from collections.abc import Iterator

    from latitude.hcl.blueprint import Blueprint

REGIONS: Final = ("us-east-1", "us-west-2", "eu-west-1")


def listed() -> str:
    """Return the addresses, one a line behind the module, with what tells the instances of one apart."""
    found = [f"{blueprint.name} {address}" for blueprint in parts(REGIONS) for address in _addresses(blueprint)]
    found += [f"{NAME} {address}" for address in _composed()]
    return "".join(f"{line}\n" for line in sorted(found))


def _addresses(blueprint: Blueprint) -> Iterator[str]:
    tree = merged(runs(blueprint), blueprint.choices)
    many = many_in(tree, blueprint.each)
    for address in tree:
        if not address.startswith(("output.", "check.")):
            instances = "" if address not in many else "[0]" if many[address].item is None else "[KEY]"
            yield f"{address}{instances}"


def _composed() -> Iterator[str]:
    for text in resources(REGIONS).values():
        for body in re.split(r'^(?=(?:module|data|resource) ")', text, flags=re.MULTILINE):
            found = re.match(r'(module|data|resource) "(\w+)"(?: "(\w+)")? \{', body)
            if found is not None:
                kind, first, second = found.groups()
                address = {"module": f"module.{first}", "data": f"data.{first}.{second}"}.get(kind, f"{first}.{second}")
                yield f"{address}[KEY]" if re.search(r"^ *for_each\b", body, re.MULTILINE) else address


if __name__ == "__main__":
    sys.stdout.write(listed())
