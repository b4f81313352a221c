"""Variables: their types, defaults, descriptions and validations come from the spec's fields."""

from __future__ import annotations

import json
import re
import types
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, Union, get_args, get_origin

from latitude.spec.base import Part
from latitude.spec.inspection import annotation_of, description_of
from latitude.spec.limits import OneOf

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pydantic.fields import FieldInfo

REQUIRED: Final = object()
_SCALARS: Final = {str: "string", int: "number", bool: "bool"}
_INDENT: Final = "  "


@dataclass(frozen=True)
class Field:
    """A variable, or an attribute of an object."""

    name: str
    annotation: Any
    """A type as pydantic knows it, with the spec's limits; ``Shape`` where the module's object is not the spec's."""
    default: Any
    description: str


@dataclass(frozen=True)
class Shape:
    """An object whose attributes are chosen for HCL."""

    fields: tuple[Field, ...]


@dataclass(frozen=True)
class OrNull:
    """A value that may be left out."""

    value: Any


@dataclass(frozen=True)
class MapOf:
    """A map of objects; ``key`` is the annotation of its keys."""

    key: Any
    value: Any


def from_spec(model: type[Part], *names: str, **annotations: Any) -> list[Field]:
    """Return fields of a model of the spec, in the order of ``names``; ``annotations`` replaces some of their types."""
    chosen = []
    for name in names or model.model_fields:
        info = model.model_fields[name]
        annotation = annotations.get(name, annotation_of(model, name))
        chosen.append(Field(name, annotation, _default(info), _sentence(description_of(model, name), annotation)))
    return chosen


def shape(model: type[Part], *names: str, **annotations: Any) -> Shape:
    """Return the object with these fields of a model."""
    return Shape(tuple(from_spec(model, *names, **annotations)))


def fields_of(annotation: Any) -> tuple[Field, ...]:
    """Return an object's attributes."""
    return annotation.fields if isinstance(annotation, Shape) else tuple(from_spec(annotation))


def unwrapped(annotation: Any) -> tuple[Any, bool]:
    """Return an annotation without limits and ``None``, and whether it allows ``None``."""
    if isinstance(annotation, OrNull):
        return unwrapped(annotation.value)[0], True
    if get_origin(annotation) is Annotated:
        return unwrapped(get_args(annotation)[0])
    if get_origin(annotation) in {Union, types.UnionType}:
        inner = [argument for argument in get_args(annotation) if argument is not type(None)]
        if len(inner) != 1:
            raise ValueError(f"HCL has no type for {annotation}: give the field a shape")
        return unwrapped(inner[0])[0], True
    return annotation, False


def type_code(annotation: Any, depth: int = 0) -> str:
    """Return the type of a variable."""
    plain, _ = unwrapped(annotation)
    origin, arguments = get_origin(plain), get_args(plain)
    if isinstance(plain, Shape) or (isinstance(plain, type) and origin is None and issubclass(plain, Part)):
        return _object(fields_of(plain), depth)
    if isinstance(plain, MapOf):
        return f"map({type_code(plain.value, depth)})"
    if origin is Literal:
        return "string"
    collections = {tuple: "list", frozenset: "set", dict: "map"}
    if origin in collections:
        return f"{collections[origin]}({type_code(arguments[1] if origin is dict else arguments[0], depth)})"
    return _SCALARS[plain]


def default_code(default: Any) -> str:
    """Return a default: an object whose attributes all have their own is empty."""
    if isinstance(default, Part):
        stated = [f"{name} = {default_code(getattr(default, name))}" for name in sorted(default.model_fields_set)]
        return f"{{ {', '.join(stated)} }}" if stated else "{}"
    if isinstance(default, tuple | frozenset):
        return f"[{', '.join(default_code(entry) for entry in default)}]"
    return json.dumps(default)


def _object(fields: Sequence[Field], depth: int) -> str:
    """Return an object's type, with each attribute's meaning above it."""
    lines = [line for field in fields for line in _attribute(field, depth + 1)]
    return "\n".join(["object({", *lines, f"{_INDENT * depth}}})"])


def _attribute(field: Field, depth: int) -> Iterator[str]:
    indent = _INDENT * depth
    yield f"{indent}# {field.description}"
    code = type_code(field.annotation, depth)
    if field.default is None:
        code = f"optional({code})"
    elif field.default is not REQUIRED:
        code = f"optional({code}, {default_code(field.default)})"
    yield f"{indent}{field.name} = {code}"


def _default(info: FieldInfo) -> Any:
    return REQUIRED if info.is_required() else info.get_default()


def _sentence(description: str, annotation: Any) -> str:
    words = " ".join(description.split()).replace("``", "")
    # Units in words are Python's alone.
    words = re.sub(r', or "[^"]+"', "", words)
    # An application's tags are default_tags of its providers.
    words = words.replace("beside the application's", "beside the provider's default_tags")
    values = [str(value) for value in _values(annotation)]
    if all(re.search(rf"\b{re.escape(value)}\b", words) for value in values):
        return words
    return f"{words} One of {', '.join(values)}."


def _values(annotation: Any) -> Iterator[Any]:
    """Yield the values of a closed list; of a map, those of its entries."""
    if get_origin(annotation) is Literal:
        yield from get_args(annotation)
    elif isinstance(annotation, OneOf):
        yield from annotation.values
    elif get_origin(annotation) is dict:
        yield from _values(get_args(annotation)[1])
    elif get_origin(annotation) in {Annotated, Union, types.UnionType}:
        for argument in get_args(annotation):
            yield from _values(argument)
