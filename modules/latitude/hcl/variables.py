"""``variables.tf`` of a module, from its fields, as ``terraform fmt`` writes it.

What variables must be together is written by hand, in ``_rules.tf.j2`` beside the module's other files.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final

from latitude.hcl.fields import REQUIRED, default_code, type_code
from latitude.hcl.lines import broken
from latitude.hcl.validation import checks

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from latitude.hcl.fields import Field
    from latitude.hcl.inputs.module import Module

_RULES: Final = re.compile(r'^variable "(\w+)" \{\n(.*?)\n\}$', re.MULTILINE | re.DOTALL)


def variables(module: Module, rules: str) -> str:
    """Return the text: a block for each variable, in their order, each with its validations.

    Raises:
        ValueError: there are rules for a variable that the module does not have.

    """
    stated = dict(_RULES.findall(rules))
    strange = set(stated) - {field.name for field in module.fields}
    if strange:
        raise ValueError(f"{module.name} has no {', '.join(sorted(strange))}, for which it has rules")
    blocks = (_variable(module, field, stated.get(field.name, "")) for field in module.fields)
    return "\n".join("".join(f"{line}\n" for line in block) for block in blocks)


def _variable(module: Module, field: Field, rules: str) -> Iterator[str]:
    yield f'variable "{field.name}" {{'
    stated = {"description": json.dumps(field.description, ensure_ascii=False), "type": type_code(field.annotation)}
    if field.default is not REQUIRED:
        stated["default"] = default_code(field.default)
    if field.default is not None:
        stated["nullable"] = "false"
    yield from _attributes(stated, "  ")
    for check in checks(field) if module.checked is None or field.name in module.checked else ():
        yield ""
        yield "  validation {"
        yield from _attributes({"condition": check.code, "error_message": check.message}, "    ")
        yield "  }"
    yield from ["", *rules.splitlines()] if rules else []
    yield "}"


def _attributes(stated: Mapping[str, str], indent: str) -> Iterator[str]:
    """Yield the lines of attributes: those of one line are aligned with their neighbours of one line."""
    width = max(map(len, stated))
    together: list[str] = []
    for name, code in stated.items():
        # Alignment may make a line too long.
        lines = _lines(f"{indent}{name.ljust(width)} = {code}")
        if len(lines) > 1:
            lines[0] = re.sub(rf"^( *{name}) +=", r"\1 =", lines[0])
            yield from _aligned(together, stated, indent)
            together = []
            yield from lines
        else:
            together.append(name)
    yield from _aligned(together, stated, indent)


def _aligned(names: Sequence[str], stated: Mapping[str, str], indent: str) -> Iterator[str]:
    width = max(map(len, names), default=0)
    yield from (f"{indent}{name.ljust(width)} = {stated[name]}" for name in names)


def _lines(text: str) -> list[str]:
    """Return the lines of an attribute, none too long but for texts."""
    first, *rest = text.splitlines()
    indent = first[: len(first) - len(first.lstrip())]
    return broken("\n".join([first, *(f"{indent}{line}" for line in rest)])).splitlines()
