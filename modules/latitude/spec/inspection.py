"""What the models themselves say of a description: their parts and the limits in their annotations."""

from __future__ import annotations

import ast
import functools
import inspect
import itertools
import textwrap
import types
from typing import TYPE_CHECKING, Annotated, Any, Union, get_args, get_origin

from latitude.spec.application import Application
from latitude.spec.base import Part
from latitude.spec.limits import Limit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def annotation_of(model: type[Part], field: str) -> Any:
    """Return a field's annotation, with its limits."""
    info = model.model_fields[field]
    limits = tuple(limit for limit in info.metadata if isinstance(limit, Limit))
    return Annotated[info.annotation, *limits] if limits else info.annotation


def description_of(model: type[Part], field: str) -> str:
    """Return a field's docstring, from the source of the class that states the field; empty if it has none.

    pydantic can read all of them whenever the models are imported (``use_attribute_docstrings``), which takes half of
    the import's time; few programs want any.
    """
    return next((found[field] for cls in model.__mro__ if field in (found := _docstrings(cls))), "")


@functools.cache
def _docstrings(cls: type) -> dict[str, str]:
    if not issubclass(cls, Part):
        return {}
    tree = ast.parse(textwrap.dedent(inspect.getsource(cls)))
    body = tree.body[0].body if isinstance(tree.body[0], ast.ClassDef) else []
    found = {}
    for stated, after in itertools.pairwise(body):
        if not isinstance(stated, ast.AnnAssign) or not isinstance(stated.target, ast.Name):
            continue
        if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant) and isinstance(after.value.value, str):
            found[stated.target.id] = inspect.cleandoc(after.value.value)
    return found


def limits_in(annotation: Any, where: str = "") -> Iterator[tuple[str, Limit]]:
    """Yield each limit in an annotation and the place of the value that it bounds.

    The place is empty for the field's own value; ``[]`` stands for each entry of a list or a set, ``{key}`` and
    ``{value}`` for those of a dict, as in the shapes of ``Limit``.
    """
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        yield from ((where, limit) for limit in arguments[1:] if isinstance(limit, Limit))
        yield from limits_in(arguments[0], where)
    elif origin in {Union, types.UnionType}:
        for argument in arguments:
            yield from limits_in(argument, where)
    elif origin is dict:
        yield from limits_in(arguments[0], f"{where}{{key}}")
        yield from limits_in(arguments[1], f"{where}{{value}}")
    elif origin in {tuple, frozenset}:
        yield from limits_in(arguments[0], f"{where}[]")


def models_in(annotation: Any) -> Iterator[type[Part]]:
    """Yield each model that an annotation names, in its order."""
    if isinstance(annotation, type) and get_origin(annotation) is None:
        if issubclass(annotation, Part):
            yield annotation
        return
    for argument in get_args(annotation):
        yield from models_in(argument)


def models() -> tuple[type[Part], ...]:
    """Return every model of a description: the application, then each one's parts in the order of its fields."""
    found: dict[type[Part], None] = {}

    def visit(model: type[Part]) -> None:
        if model in found:
            return
        found[model] = None
        for field in model.model_fields:
            for part in models_in(annotation_of(model, field)):
                visit(part)

    visit(Application)
    return tuple(found)


def limits() -> Mapping[str, tuple[Limit, ...]]:
    """Return the limits of every value of a description, by its name: ``Service.environment{key}``."""
    found: dict[str, tuple[Limit, ...]] = {}
    for model in models():
        for field in model.model_fields:
            for where, limit in limits_in(annotation_of(model, field)):
                name = f"{model.__name__}.{field}{where}"
                found[name] = (*found.get(name, ()), limit)
    return found
