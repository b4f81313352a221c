"""The files of one module."""

from __future__ import annotations

import re
from importlib.metadata import version
from typing import TYPE_CHECKING, Final

from latitude.hcl.blocks import Blocks, many_in
from latitude.hcl.blueprint import runs
from latitude.hcl.code import Coder
from latitude.hcl.documents import Document, example_of, readme, tests
from latitude.hcl.fields import variable
from latitude.hcl.merge import merged
from latitude.hcl.moved import MOVED, moved
from latitude.hcl.order import ordered
from latitude.hcl.tree import NOTE
from latitude.hcl.validation import checks
from latitude.hcl.writer import Body, Code, block
from latitude.spec.regions import identifier

if TYPE_CHECKING:
    from collections.abc import Sequence

    from latitude.hcl.blueprint import Blueprint

Files = dict[str, str]
"""The text of each file, by its path."""
PROVIDER_VERSION: Final = ">= 5.100, < 7"
TERRAFORM_VERSION: Final = ">= 1.10"


def files_of(blueprint: Blueprint, command: str) -> Files:
    """Return a module's files, to be formatted; the same blueprint gives the same text."""
    return assembled(blueprint, _resources(blueprint), command)


def assembled(document: Document, texts: Files, command: str, checked: Sequence[str] | None = None) -> Files:
    """Return all the files of a module with these resources, to be formatted.

    ``checked`` names the variables that have validations of their own limits; unset: all have.
    """
    name, regions = document.name, document.regions
    note = f"# {NOTE} {version('latitude')}: {command}\n"
    moves = moved(MOVED.get(name, ()), regions)
    texts |= {"moved.tf": moves} if moves else {}
    texts |= {"variables.tf": _variables(document, checked), "versions.tf": versions(regions)}
    outputs = texts["outputs.tf"]
    texts |= example_of(document, versions(())) | tests(document)
    files = {f"{name}/{file}": f"{note}\n{text}\n" for file, text in texts.items()}
    files[f"{name}/README.md"] = readme(document, outputs, note)
    return files


def versions(regions: tuple[str, ...]) -> str:
    """Return the versions that a module needs, and the providers that its caller gives it."""
    aliases = "".join(f"aws.{identifier(region)},\n" for region in regions)
    configuration = f"configuration_aliases = [\n{aliases}]\n" if regions else ""
    return (
        f'terraform {{\nrequired_version = "{TERRAFORM_VERSION}"\n\nrequired_providers {{\naws = {{\n'
        f'source = "hashicorp/aws"\nversion = "{PROVIDER_VERSION}"\n{configuration}}}\n}}\n}}'
    )


def _variables(document: Document, checked: Sequence[str] | None) -> str:
    blocks = []
    for field in document.fields:
        body = variable(field)
        found = [check.block for check in checks(field)] if checked is None or field.name in checked else []
        found += [
            {"condition": Code(rule.condition), "error_message": Code(rule.message)}
            for rule in document.rules
            if rule.variable == field.name
        ]
        body |= {"validation": found} if found else {}
        blocks.append(block("variable", [field.name], body))
    return "\n\n".join(blocks)


def _resources(blueprint: Blueprint) -> Files:
    tree = ordered(merged(runs(blueprint), blueprint.choices), blueprint.regions)
    coder = Coder(many_in(tree, blueprint.each), blueprint.locals, blueprint.kept)
    blocks = Blocks(coder, blueprint.covered)
    texts: dict[str, list[str]] = {"main.tf": []}
    waiting = dict(blueprint.comments)
    for address, made in tree.items():
        kind, labels, body = blocks.block(address, made)
        if kind == "output":
            name = "outputs.tf"
        else:
            name = next((file for pattern, file in blueprint.files.items() if re.search(pattern, address)), "main.tf")
        texts.setdefault(name, []).append(block(kind, labels, body, _comments(waiting, address)))
    rules = "\n".join(rule.condition for rule in blueprint.rules)
    found = _locals(blueprint, coder, "\n".join([rules, *(text for part in texts.values() for text in part)]))
    if found:
        texts["main.tf"].insert(0, block("locals", [], found))
    return {name: "\n\n".join(part) for name, part in texts.items()}


def _locals(blueprint: Blueprint, coder: Coder, text: str) -> Body:
    """Return the local values that anything refers to."""
    body: Body = {}
    for name, code in blueprint.locals.items():
        users = [text, *blueprint.locals.values()]
        if any(re.search(rf"\blocal\.{name}\b", user) for user in users):
            body[name] = Code(code)
    return body | {name: Code(code) for name, code in coder.tables.items()}


def _comments(waiting: dict[str, str], address: str) -> dict[str, str]:
    """Return the comments on a block, by the lines that they stand above; each is said once in a module."""
    patterns = [pattern for pattern in waiting if re.fullmatch(pattern.partition(" ")[0], address)]
    return {pattern.partition(" ")[2]: waiting.pop(pattern) for pattern in patterns}
