"""What a module is made from: constructs to run, the choices it leaves to its caller, and its variables."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from latitude.bindings import aws, cdktf
from latitude.hcl.choices import Choice, Run, Taken, one_at_a_time
from latitude.hcl.documents import Document
from latitude.spec.base import Part
from latitude.spec.expressions import expression, restored
from latitude.spec.regions import identifier

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from latitude.spec.items import Item

P = TypeVar("P", bound=Part)
THIS = "this"
"""The id of a module's constructs; what is made below it is named by its role alone."""


class Scope(cdktf.TerraformStack):
    """Where a module's constructs run: one provider per region, or one for whatever region the caller gives."""

    def __init__(self, scope: Any, *, regions: Sequence[str]) -> None:
        super().__init__(scope, THIS)
        self.providers: dict[str, Any] = {
            region: aws.provider.AwsProvider(self, f"aws_{identifier(region)}", alias=identifier(region))
            for region in regions
        }
        self.provider = self.providers[regions[0]] if regions else aws.provider.AwsProvider(self, "aws")

    def output(self, name: str, value: Any, description: str) -> None:
        """Make an output."""
        cdktf.TerraformOutput(self, name, value=value, description=description)


class Number(float):
    """A cdktf number token that is also right within a text."""

    text: str

    def __new__(cls, code: str) -> Self:
        """Return the token for an expression."""
        text = expression(code)
        number = super().__new__(cls, cdktf.Token.as_number(text))
        number.text = text
        return number

    def __str__(self) -> str:
        return self.text

    def __format__(self, _: str) -> str:
        return self.text


def beyond(regions: Sequence[str], words: str) -> str:
    """Return words about the regions after the first, where there are any."""
    return words if len(regions) > 1 else ""


def flag(code: str) -> Any:
    """Return a truth value that stands for an expression."""
    return cdktf.Token.as_any(expression(code))


def stated(model: type[P], **values: Any) -> P:
    """Return a part of a description whose values are expressions: nothing checks them before Terraform does."""
    return cast("P", model.model_construct(**values))


@dataclass(frozen=True, kw_only=True)
class Blueprint(Document):
    """A module that is made by running constructs."""

    build: Callable[[Scope, Taken], None]
    """Runs the constructs in a scope, with the ways taken."""
    choices: Sequence[Choice] = ()
    also: Iterable[Mapping[str, str]] = ()
    """Combinations of ways that no single choice shows."""
    covered: frozenset[tuple[str, str]] = frozenset()
    """Conditions that hold whenever a collection has items, with the collection."""
    locals: Mapping[str, str] = field(default_factory=dict)
    """Local values: whatever has their code refers to them."""
    each: Mapping[str, Item] = field(default_factory=dict)
    """The items of resources that mention them in lists alone, by patterns of their addresses."""
    kept: Mapping[str, str] = field(default_factory=dict)
    """Local values that keep an attribute's, by the attribute: it stands in more than one place."""
    names: Mapping[str, str] = field(default_factory=dict)
    """Resources that get another name, as patterns of the names that the constructs give."""
    files: Mapping[str, str] = field(default_factory=dict)
    """The file of each resource whose address matches a pattern; ``main.tf`` for the others."""
    comments: Mapping[str, str] = field(default_factory=dict)
    """Why a line is as it is, by its address: ``aws_dynamodb_table.this lifecycle``."""


def run(blueprint: Blueprint, taken: Taken) -> Run:
    """Run a module's constructs once and return the tree of what they made, by address."""
    scope = Scope(cdktf.App(), regions=blueprint.regions)
    blueprint.build(scope, taken)
    made = json.loads(_renamed(cdktf.Testing.synth(scope), blueprint))
    tree: dict[str, Any] = {}
    for kind in ("data", "resource"):
        prefix = "data." if kind == "data" else ""
        for type_, found in made.get(kind, {}).items():
            tree |= {f"{prefix}{type_}.{name}": body for name, body in found.items()}
    for kind in ("check", "output"):
        found = made.get(kind, {}).items()
        tree |= {f"{kind}.{blueprint.names.get(f'{kind}.{name}', name)}": body for name, body in found}
    return Run(taken, _in_regions_order(read_once(_restored(tree), blueprint.regions), blueprint.regions))


def runs(blueprint: Blueprint) -> list[Run]:
    """Run a module's constructs as often as its choices need."""
    return [run(blueprint, taken) for taken in one_at_a_time(blueprint.choices, blueprint.also)]


def read_once(tree: dict[str, Any], regions: Sequence[str]) -> dict[str, Any]:
    """Return the tree with a data source that says the same in every region only in the first, without its name."""
    for address in [address for address in tree if address.startswith("data.") and len(regions) > 1]:
        kind, _, name = address.rpartition(".")
        home, *others = (f"{identifier(region)}_" for region in regions)
        copies = [f"{kind}.{other}{name.removeprefix(home)}" for other in others]
        if name.startswith(home) and all(_same(tree[address], tree.get(copy)) for copy in copies):
            plain = f"{kind}.{name.removeprefix(home)}"
            tree = {plain if key == address else key: body for key, body in tree.items() if key not in copies}
            for found in (address, *copies):
                tree = _replaced(tree, rf"(?<![\w.]){re.escape(found)}(?![\w])", plain)
    return tree


def _same(one: Mapping[str, Any], other: Mapping[str, Any] | None) -> bool:
    return other is not None and {**one, "provider": ""} == {**other, "provider": ""}


def _replaced(value: Any, pattern: str, plain: str) -> Any:
    if isinstance(value, str):
        return re.sub(pattern, plain, value)
    if isinstance(value, dict):
        return {key: _replaced(entry, pattern, plain) for key, entry in value.items()}
    if isinstance(value, list):
        return [_replaced(entry, pattern, plain) for entry in value]
    return value


def _in_regions_order(value: Any, regions: Sequence[str]) -> Any:
    """Return what is given by region in the order of the regions; cdktf sorts by name."""
    if isinstance(value, list):
        return [_in_regions_order(entry, regions) for entry in value]
    if not isinstance(value, dict):
        return value
    names = [region for region in regions if region in value] if set(value) <= set(regions) else list(value)
    return {name: _in_regions_order(value[name], regions) for name in names}


def _renamed(text: str, blueprint: Blueprint) -> str:
    """Give resources their names in the module; ids that were made from an expression are unreadable."""
    found = json.loads(text)
    given = {name for kind in ("data", "resource") for named in found.get(kind, {}).values() for name in named}
    for name in sorted(given, key=len, reverse=True):
        better = name.removeprefix(f"{THIS}_")
        for pattern, plain in blueprint.names.items():
            better = re.sub(pattern, plain, better)
        text = re.sub(rf'(?<=[."]){re.escape(name)}(?=[."\[])', better, text)
    return text


def _restored(value: Any) -> Any:
    if isinstance(value, str):
        return restored(value)
    if isinstance(value, dict):
        return {restored(key): _restored(entry) for key, entry in value.items() if key != "//"}
    if isinstance(value, list):
        return [_restored(entry) for entry in value]
    return value
