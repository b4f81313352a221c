"""A program with many kinds of AWS resource: `python every_resource.py OUTDIR SEED COUNT`; a count of 0 means all.

For each of the modules that the seed draws, it makes its class twice, with every argument and with only those that have
to be there, in two stacks, and has every text attribute in an output.
"""
# ruff: noqa: TID251  a user's own program

import collections.abc
import importlib
import inspect
import pkgutil
import random
import sys
import typing
from collections.abc import Iterator
from typing import Any

import cdktf
import cdktf_cdktf_provider_aws as aws
from cdktf_cdktf_provider_aws.provider import AwsProvider

META = {"connection", "count", "depends_on", "for_each", "lifecycle", "provider", "provisioners"}
DEEPEST = 6
"""Some structs hold themselves, as AWS WAF's statements do."""


def value(hint: Any, name: str, *, full: bool, depth: int = 0) -> Any:
    """Return a value of a type, made from the argument's name."""
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    simple = {str: f"{name} é", bool: depth % 2 == 0, int: 7, float: 7.5, Any: {"any": [1, "x"]}}
    if hint in simple:
        return simple[hint]
    if {int, float} <= set(args):
        return 7 + len(name) % 3 / 2
    if origin is typing.Union:
        left_out = {type(None), cdktf.IResolvable}
        return value(
            next(arg for arg in args if arg not in left_out and typing.get_origin(arg) is not dict),
            name,
            full=full,
            depth=depth,
        )
    if origin in {list, collections.abc.Sequence}:
        item = value(args[0], name, full=full, depth=depth)
        return [item, item] if isinstance(item, str) else [item]
    if origin in {dict, collections.abc.Mapping}:
        item = value(args[1], name, full=full, depth=depth)
        return {f"{name}Key": item, "other_key": item}
    return hint(**arguments(hint, full=full and depth <= DEEPEST, depth=depth + 1))


def arguments(cls: Any, *, full: bool, depth: int = 0) -> dict[str, Any]:
    """Return a class's own arguments: all, or those without a default."""
    hints = typing.get_type_hints(cls.__init__)
    return {
        name: value(hints[name], name, full=full, depth=depth)
        for name, parameter in inspect.signature(cls.__init__).parameters.items()
        if parameter.kind is inspect.Parameter.KEYWORD_ONLY
        and not (depth == 0 and name in META)
        and (full or parameter.default is inspect.Parameter.empty)
    }


def classes(name: str) -> Iterator[Any]:
    """Yield a module's resources and data sources: one, as a rule."""
    module = importlib.import_module(f"cdktf_cdktf_provider_aws.{name}")
    for cls in vars(module).values():
        if inspect.isclass(cls) and issubclass(cls, cdktf.TerraformElement) and cls.__module__ == module.__name__:
            yield cls


def attributes(cls: Any, made: Any) -> Iterator[Any]:
    """Read every attribute that is a text."""
    for name, found in vars(cls).items():
        getter = getattr(found, "fget", None)
        hint = getattr(getter, "__annotations__", {}).get("return")
        if isinstance(found, property) and hint is str and not name.endswith("_input"):
            yield getattr(made, name)


def main(outdir: str, seed: int, count: int) -> None:
    """Make them."""
    names = sorted(
        found.name for found in pkgutil.iter_modules(aws.__path__) if found.name not in {"_jsii", "provider"}
    )
    drawn = names if count == 0 else random.Random(seed).sample(names, count)  # noqa: S311  the same draw each time
    app = cdktf.App(outdir=outdir)
    for title, full in (("every", True), ("few", False)):
        stack = cdktf.TerraformStack(app, title)
        AwsProvider(stack, "aws", region="us-east-1")
        for name in drawn:
            for cls in classes(name):
                made = cls(stack, name, **arguments(cls, full=full))
                cdktf.TerraformOutput(stack, f"{name}-texts", value=list(attributes(cls, made)))
    app.synth()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
