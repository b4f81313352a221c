"""The reference of a description, docs/reference.md, written from the models themselves.

``python -m latitude.spec.reference > docs/reference.md`` renews it.
"""

from __future__ import annotations

import inspect
import json
import re
import sys
import types
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, Union, get_args, get_origin

from latitude.spec.app_runner import APP_RUNNER
from latitude.spec.base import Part
from latitude.spec.inspection import annotation_of, description_of, limits_in, models
from latitude.spec.limits import Length, Limit, Range
from latitude.spec.service import Service

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic.fields import FieldInfo

COMMAND: Final = "python -m latitude.spec.reference > docs/reference.md"

_TITLE: Final = f"""# Reference of the description

Everything that an application's description can state, class by class from `Application` down. All of it is imported
from `latitude.spec`, every field is given by its name, and every class is frozen.

The bounds are checked when the `Application` is constructed, together with the rules below each table: what is wrong
is reported at once, each fault with its path, and nothing is written. A value that is a cdktf token, known to Terraform
only later, is not held to its bounds.

<!-- Written from modules/latitude/spec by `{COMMAND}`; a test fails when it is stale. -->
"""

_WORDS: Final = {str: "text", int: "whole number", bool: "`True` or `False`", type(None): "`None`"}


def markdown() -> str:
    """Return the reference in Markdown; the same models give the same text."""
    found = models()
    contents = ", ".join(_link(model) for model in found)
    return "\n".join([_TITLE, f"{contents}\n", *(_section(model) for model in found)])


def _section(model: type[Part]) -> str:
    lines = [f"## {model.__name__}", "", _prose(inspect.getdoc(model) or ""), ""]
    if model.model_fields:
        lines += ["| field | type | default | bounds | meaning |", "| --- | --- | --- | --- | --- |"]
        lines += [_row(model, name, field) for name, field in model.model_fields.items()]
        lines += [""]
    rules = [_one_line(inspect.getdoc(rule) or "") for rule in _rules(model)]
    if rules:
        lines += ["Rules:", "", *(f"- {rule}" for rule in rules), ""]
    return "\n".join(lines)


def _rules(model: type[Part]) -> list[Callable[..., object]]:
    """Return a model's rules, and for a service what its kind of compute may combine."""
    stated = [getattr(model, name) for name in model._rules]  # noqa: SLF001  # a Part's
    if model is not Service:
        return stated
    return [rule for rule in stated if rule.__name__ != "_combinations"] + list(APP_RUNNER.combinations)


def _row(model: type[Part], name: str, field: FieldInfo) -> str:
    annotation = annotation_of(model, name)
    bounds = "<br>".join(_bound(where, limit) for where, limit in limits_in(annotation))
    cells = (f"`{name}`", _type(annotation), _default(field), bounds, _one_line(description_of(model, name)))
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _type(annotation: Any) -> str:
    """Return a type in words that a reader of Python's ``list`` and ``dict`` knows."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is None:
        return _link(annotation) if issubclass(annotation, Part) else _WORDS[annotation]
    if origin is Annotated:
        return _type(arguments[0])
    if origin is Literal:
        return " or ".join(f"`{json.dumps(argument)}`" for argument in arguments)
    words = [_type(argument) for argument in arguments if argument is not ...]
    if origin in {Union, types.UnionType}:
        return " or ".join(words)
    collection = {dict: "dict of {0} to {1}", tuple: "list of {0}", frozenset: "set of {0}"}
    return collection[origin].format(*(f"({each})" if each.startswith("dict") else each for each in words))


def _link(model: type[Part]) -> str:
    return f"[`{model.__name__}`](#{model.__name__.lower()})"


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "required"
    value = field.get_default()
    if isinstance(value, Part):
        stated = ", ".join(f"{name}={getattr(value, name)!r}" for name in sorted(value.model_fields_set))
        return f"`{type(value).__name__}({stated})`"
    return f"`{json.dumps(value)}`" if isinstance(value, str) else f"`{value!r}`"


def _bound(where: str, limit: Limit) -> str:
    steps = re.findall(r"\[\]|\{key\}|\{value\}", where)
    names = {"[]": "each entry", "{key}": "each key", "{value}": "each value"}
    place = " of ".join(names[step] for step in reversed(steps))
    quota = ", more on request to AWS" if isinstance(limit, Range | Length) and limit.quota else ""
    return f"{place}{': ' if place else ''}{_ticked(limit.allowed)}{quota} ({_ticked(limit.source)})"


def _ticked(words: str) -> str:
    """Keep Markdown from reading a character that a limit names as its own."""
    return re.sub(r"([*_<>`\\])", r"\\\1", words)


def _one_line(text: str) -> str:
    return _prose(text).replace("\n", " ").replace("  ", " ")


def _prose(text: str) -> str:
    text = re.sub(r"Raises:\n +(\w+):", r"Raises `\1`:", text)
    return text.replace("``", "`").strip()


def main() -> None:
    """Write the reference to standard output, in UTF-8 wherever it runs."""
    sys.stdout.buffer.write(markdown().encode())


if __name__ == "__main__":
    main()
