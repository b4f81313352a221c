"""Tables of a module's inputs and outputs for its README, in terraform-docs' sections."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, get_args, get_origin

from latitude.hcl.fields import REQUIRED, MapOf, Shape, default_code, fields_of, type_code, unwrapped
from latitude.spec.base import Part

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from latitude.hcl.fields import Field
    from latitude.hcl.inputs.module import Module

_HEAD: Final = "| Name | Description | Type | Default | Required |\n| --- | --- | --- | --- | :---: |"
_REPOSITORY: Final = "https://git.example.com/platform/terraform-aws-multi-region-service.git"
_SOURCE: Final = re.compile(r'(source += )"(?:\.\./)*\.\.(?:/(modules/[\w-]+))?"')


def reference(module: Module, files: Mapping[str, str]) -> str:
    """Return what a README ends with: requirements, what is called and made, inputs with their objects, outputs."""
    own = [text for name, text in files.items() if re.fullmatch(rf"{module.path}[^/]+\.tf", name)]
    text = "\n".join(own)
    terraform = re.findall(r'required_version = "([^"]+)"', text)[0]
    provider = re.findall(r'version = "([^"]+)"\n', text)[-1]
    called = re.findall(r'^module "(\w+)" \{\n\s*source += "([^"]+)"', text, re.MULTILINE)
    needed = [("terraform", terraform), ("aws", provider)]
    sections = [
        ("Requirements", _table("| Name | Version |", needed)),
        ("Modules", _table("| Name | Source |", called)),
        ("Resources", _table("| Name | Type |", _resources(text))),
        ("Inputs", _inputs(module)),
        ("Outputs", _table("| Name | Description |", _outputs(text))),
    ]
    return "\n".join(f"## {title}\n\n" + "\n".join(lines) + "\n" for title, lines in sections if lines)


def example(module: Module, files: Mapping[str, str]) -> str:
    """Return the example of a module as one who calls it from a repository of its own writes it."""
    text = files[f"examples/{module.name if module.folder else 'basic'}/main.tf"]
    text = re.sub(r"terraform \{\n.*?\n\}\n\n", "", text, count=1, flags=re.DOTALL)
    text = _SOURCE.sub(lambda found: f'{found[1]}"{_published(found[2])}"', text)
    return f"```hcl\n{text.strip()}\n```"


def _published(folder: str | None) -> str:
    """Return the source of a module, by its folder, as it is written once the tree is published with git."""
    return f"git::{_REPOSITORY}{f'//{folder}' if folder else ''}?ref=v1.0.0"


def _inputs(module: Module) -> list[str]:
    """Return the table of the variables, and one for every object in them, however deep."""
    lines = [_HEAD, *_rows(module.fields)]
    told: list[tuple[Field, ...]] = []
    for path, fields in _objects(module.fields, ""):
        if fields not in told:
            told.append(fields)
            lines += ["", f"### `{path}`", "", _HEAD, *_rows(fields)]
    return lines


def _outputs(text: str) -> list[tuple[str, str]]:
    return re.findall(r'^output "(\w+)" \{\n\s*description += "([^\n]*)"', text, re.MULTILINE)


def _resources(text: str) -> list[tuple[str, str]]:
    found = re.findall(r'^(resource|data) "(\w+)" "(\w+)"', text, re.MULTILINE)
    return sorted((f"{type_}.{name}", "data source" if kind == "data" else kind) for kind, type_, name in found)


def _table(head: str, rows: Sequence[tuple[str, str]]) -> list[str]:
    """Return a table of two columns, of which the first is code; none where there is nothing to tell."""
    return [head, "| --- | --- |", *(f"| `{name}` | {words} |" for name, words in rows)] if rows else []


def _rows(fields: Sequence[Field]) -> Iterator[str]:
    for field in fields:
        kind = re.sub(r"\{.*\}", "{…}", type_code(field.annotation), flags=re.DOTALL)
        required = field.default is REQUIRED
        default = "n/a" if required else f"`{default_code(field.default)}`"
        words = field.description.replace("|", "\\|")
        yield f"| `{field.name}` | {words} | `{kind}` | {default} | {'yes' if required else 'no'} |"


def _objects(fields: Sequence[Field], path: str) -> Iterator[tuple[str, tuple[Field, ...]]]:
    """Yield each object's attributes with the path to it, an object before what is in it."""
    for field in fields:
        below, inner = _object(field.annotation, f"{path}{field.name}")
        if inner:
            yield below, inner
            yield from _objects(inner, f"{below}.")


def _object(annotation: Any, path: str) -> tuple[str, tuple[Field, ...]]:
    plain, _ = unwrapped(annotation)
    origin, arguments = get_origin(plain), get_args(plain)
    if isinstance(plain, MapOf):
        return _object(plain.value, f"{path}[*]")
    if origin in {tuple, frozenset}:
        return _object(arguments[0], f"{path}[*]")
    if origin is dict:
        return _object(arguments[1], f"{path}[*]")
    if isinstance(plain, Shape) or (isinstance(plain, type) and issubclass(plain, Part)):
        return path, fields_of(plain)
    return path, ()
