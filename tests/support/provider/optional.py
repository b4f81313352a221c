"""The optional arguments that the AWS provider may keep, when they are left out, as they were.

Source: ``terraform providers schema -json`` of AWS provider 5.100.0. Attributes are those that are optional *and*
computed; the schema doesn't say so of blocks, and every optional block counts. ``id``, ``tags_all`` and ``timeouts``
are no part of what AWS has.

``terraform providers schema -json | python -m tests.support.provider.optional`` renews ``optional.json``.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tests.support.synthesized import every_stack

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_DATA: Final = Path(__file__).with_name("optional.json")
_PROVIDER: Final = "registry.terraform.io/hashicorp/aws"
_NOT_IN_AWS: Final = {"id", "tags_all", "timeouts"}


def optional() -> dict[str, list[str]]:
    """Return the paths of these arguments by resource type; a block's path ends in ``[]``."""
    kept: dict[str, list[str]] = json.loads(_DATA.read_text("utf-8"))
    return kept


def of_schema(schema: Mapping[str, Any], kinds: Sequence[str]) -> dict[str, list[str]]:
    """Return the same from what ``terraform providers schema -json`` tells."""
    resources = schema["provider_schemas"][_PROVIDER]["resource_schemas"]
    return {kind: sorted(_paths(resources[kind]["block"])) for kind in kinds}


def emitted_kinds() -> list[str]:
    """Return the types of AWS resources that the test applications have."""
    stacks = every_stack().values()
    found = {kind for stack in stacks for kind in stack.document.get("resource", {}) if kind.startswith("aws_")}
    return sorted(found)


def _paths(block: Mapping[str, Any], beginning: str = "") -> Iterator[str]:
    for name, attribute in block.get("attributes", {}).items():
        if name not in _NOT_IN_AWS and attribute.get("optional") and attribute.get("computed"):
            yield beginning + name
    for name, nested in block.get("block_types", {}).items():
        if name not in _NOT_IN_AWS:
            if nested.get("min_items", 0) == 0:
                yield f"{beginning}{name}[]"
            yield from _paths(nested["block"], f"{beginning}{name}.")


def main() -> None:
    """Write the data anew."""
    data = of_schema(json.load(sys.stdin), emitted_kinds())
    _DATA.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
