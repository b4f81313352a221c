"""What a module is made from: constructs to run, the choices it leaves to its caller, and its variables."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from modules.bindings import aws, cdktf
from modules.constructs.expressions import expression, restored
from modules.hcl.choices import Choice, Run, Taken, one_at_a_time
from modules.spec.base import Part
from modules.spec.regions import identifier

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from modules.hcl.fields import Field
    from modules.hcl.validation import Rule

P = TypeVar("P", bound=Part)
MAIN = "this"
"""The id of a module's constructs; what is made below it is named by its role alone."""


class Scope(cdktf.TerraformStack):
    """Where a module's constructs run: one provider per region, or one for whatever region the caller gives."""

    def __init__(self, scope: Any, *, regions: Sequence[str]) -> None:
        super().__init__(scope, MAIN)
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


def flag(code: str) -> Any:
    """Return a truth value that stands for an expression."""
    return cdktf.Token.as_any(expression(code))


def stated(model: type[P], **values: Any) -> P:
    """Return a part of a description whose values are expressions: nothing checks them before Terraform does."""
    return cast("P", model.model_construct(**values))


@dataclass(frozen=True, kw_only=True)
class Blueprint:
    """One module."""

    name: str
    summary: str
    """What the module makes, in the words of its README."""
    build: Callable[[Scope, Taken], None]
    """Runs the constructs in a scope, with the ways taken."""
    fields: Sequence[Field]
    """The variables, in their order."""
    choices: Sequence[Choice] = ()
    also: Iterable[Mapping[str, str]] = ()
    """Combinations of ways that no single choice shows."""
    regions: tuple[str, ...] = ()
    """The regions with a provider each; none where the module works in the caller's region."""
    covered: frozenset[tuple[str, str]] = frozenset()
    """Conditions that hold whenever a collection has items, with the collection."""
    locals: Mapping[str, str] = field(default_factory=dict)
    """Local values: whatever has their code refers to them."""
    names: Mapping[str, str] = field(default_factory=dict)
    """Resources that get another name, as patterns of the names that the constructs give."""
    files: Mapping[str, str] = field(default_factory=dict)
    """The file of each resource whose address matches a pattern; ``main.tf`` for the others."""
    comments: Mapping[str, str] = field(default_factory=dict)
    """Why a line is as it is, by its address: ``aws_dynamodb_table.this lifecycle``."""
    rules: Sequence[Rule] = ()
    """What the variables must be together."""
    example: Mapping[str, str] = field(default_factory=dict)
    """Values, in code, with which the example calls the module."""
    refused: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Per test: a variable, a value of it, in code, that is refused, and checks that can't be answered then."""
    unknown: tuple[str, ...] = ()
    """Checks that only an apply can answer: Terraform's tests count them as failures of a plan."""


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
        tree |= {f"{kind}.{name}": body for name, body in made.get(kind, {}).items()}
    return Run(taken, _restored(tree))


def runs(blueprint: Blueprint) -> list[Run]:
    """Run a module's constructs as often as its choices need."""
    return [run(blueprint, taken) for taken in one_at_a_time(blueprint.choices, blueprint.also)]


def _renamed(text: str, blueprint: Blueprint) -> str:
    """Give resources their names in the module; ids that were made from an expression are unreadable."""
    found = json.loads(text)
    given = {name for kind in ("data", "resource") for named in found.get(kind, {}).values() for name in named}
    for name in sorted(given, key=len, reverse=True):
        better = name.removeprefix(f"{MAIN}_")
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
