"""``variables.tf`` of a module, from its fields and rules, as ``terraform fmt`` writes it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from latitude.hcl.fields import REQUIRED, default_code, type_code
from latitude.hcl.lines import broken
from latitude.hcl.validation import checks

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from latitude.hcl.fields import Field
    from latitude.hcl.inputs.module import Module


def variables(module: Module) -> str:
    """Return the text: a block for each variable, in their order, each with its validations."""
    return "\n".join("".join(f"{line}\n" for line in _variable(module, field)) for field in module.fields)


def _variable(module: Module, field: Field) -> Iterator[str]:
    yield f'variable "{field.name}" {{'
    stated = {"description": json.dumps(field.description, ensure_ascii=False), "type": type_code(field.annotation)}
    if field.default is not REQUIRED:
        stated["default"] = default_code(field.default)
    if field.default is not None:
        stated["nullable"] = "false"
    yield from _attributes(stated, "  ")
    for validation in _validations(module, field):
        yield ""
        yield "  validation {"
        yield from _attributes(validation, "    ")
        yield "  }"
    yield "}"


def _validations(module: Module, field: Field) -> Iterator[Mapping[str, str]]:
    limited = module.checked is None or field.name in module.checked
    stated: list[tuple[str, str]] = [(check.code, check.message) for check in checks(field)] if limited else []
    stated += [(rule.condition, rule.message) for rule in module.rules if rule.variable == field.name]
    for condition, message in stated:
        yield {"condition": condition, "error_message": message}


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
