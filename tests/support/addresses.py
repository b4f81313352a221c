"""Every address of the example application: ``python -m tests.support.addresses > tests/unit/golden/addresses.txt``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tests.support.synthesized import stacks_of

if TYPE_CHECKING:
    from collections.abc import Iterator


def listed() -> str:
    """Return the addresses of the example in both layouts, one a line behind layout and stack."""
    return "".join(f"{line}\n" for line in _lines())


def _lines() -> Iterator[str]:
    for application, layout in (("example", "cells"), ("example_single", "single")):
        for stack, template in stacks_of(application).items():
            yield from (f"{layout} {stack} {address}" for address in template.addresses)


if __name__ == "__main__":
    sys.stdout.write(listed())
