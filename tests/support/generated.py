"""Whole descriptions, generated from the models' own annotations: a field that is added later is in them by itself.

A description is drawn as a ``Draft``, a tree of models and values. ``right`` draws those that are meant to be accepted,
``spoiled`` puts wrong values, of wrong types too, anywhere into such a tree.
"""

from __future__ import annotations

import re
import types
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, Union, get_args, get_origin

from hypothesis import strategies as st

from latitude.spec import Application, Image, InvalidDescriptionError, Service, Table
from latitude.spec.base import Part
from latitude.spec.inspection import annotation_of
from latitude.spec.instance import MEMORY_BY_CPU
from latitude.spec.limits import Length, Limit, OneOf, Pattern, Range
from latitude.spec.regions import APP_RUNNER_REGIONS
from tests.support.matching import matching

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hypothesis.strategies import DrawFn, SearchStrategy

CANARY: Final = "canary"
SPICES: Final = (
    f"${{{CANARY}}}",
    f"%{{{CANARY}}}",
    f"$${{{CANARY}}}",
    f"${{{{ {CANARY} }}}}",
    f"${{{{{CANARY}}}}}",
    f"$({CANARY})",
    f"`{CANARY}`",
    "'\"\\",
    "\n",
    "\t",
    "e\N{COMBINING ACUTE ACCENT}",
    "\N{LATIN SMALL LETTER E WITH ACUTE}",
    "\N{ROCKET}",
    "\N{LINE SEPARATOR}",
    "\x7f",
    "@NAME@",
)
"""Ends of texts that Terraform, a shell, YAML, GitHub or a template could take for something else."""
WRONG: Final[tuple[Any, ...]] = (
    None,
    True,
    0,
    -1,
    10**30,
    1.5,
    float("nan"),
    float("inf"),
    "",
    " ",
    *SPICES,
    "\x00",
    "\ud800",
    "x" * 60_000,
    "${TfToken[TOKEN.0]}",
    "#{TfToken[TOKEN.0]}",
    -1.8881545897087503e289,
    (),
    [],
    {},
    {None: "x"},
    {1: 2},
    {("a",): None},
    {"us-east-1": None},
    {True: {None: None}},
    [None],
    [[]],
    frozenset({None}),
    b"bytes",
    object,
    Table(name="wrong", hash_key="id", attributes={"id": "S"}),
)
"""Values that most fields refuse, and some take."""
_MOST_ENTRIES: Final = 3
_ROUNDS: Final = 6
_ALL: Final = 10
_LONG: Final = 300
_SHORT: Final = 11
_TEXTS: Final = 40
_PLAIN: Final = ("a", "a1", "1a", "a-b", "a.b", "a_b", "orders", "e\N{LATIN SMALL LETTER E WITH ACUTE}")


@dataclass(frozen=True)
class Draft:
    """A model and the values of some of its fields; values are drafts, collections of them, or plain."""

    model: type[Part]
    values: dict[str, Any]


def built(value: Any) -> Any:
    """Return what a drawn value describes.

    Raises:
        InvalidDescriptionError: the value is an application with faults.

    """
    if isinstance(value, Draft):
        return value.model(**{name: built(entry) for name, entry in value.values.items()})
    if isinstance(value, dict):
        return {key: built(entry) for key, entry in value.items()}
    return [built(entry) for entry in value] if isinstance(value, list) else value


@dataclass(frozen=True)
class _Context:
    """What parts of one application have in common."""

    regions: tuple[str, ...]
    tables: tuple[str, ...]
    share: int
    """Of ten optional fields, how many are stated."""


@st.composite
def drafts(draw: DrawFn, share: int | None = None) -> Draft:
    """Draw an application whose values are each within their limits; ``share`` of ten optional fields are stated."""
    share = draw(st.sampled_from((1, 3, 6))) if share is None else share
    regions = draw(st.lists(st.sampled_from(APP_RUNNER_REGIONS), min_size=1, max_size=3, unique=True))
    names = draw(st.lists(_text(annotation_of(Table, "name")), max_size=2, unique=True))
    return _model(draw, Application, _Context(tuple(regions), tuple(names), share))


@st.composite
def parts(draw: DrawFn, model: type[Part]) -> Draft:
    """Draw a part of an application by itself, with every field that can be stated beside the others."""
    return _model(draw, model, _Context(("us-east-1", "eu-west-1"), ("orders",), share=10))


@st.composite
def right(draw: DrawFn) -> Application:
    """Draw an application without faults: whatever rules refuse in a draft is left out, or stated in another way."""
    draft = draw(drafts())
    for _ in range(_ROUNDS):
        try:
            accepted: Application = built(draft)
        except InvalidDescriptionError as error:
            for fault in error.faults:
                draft = _without(draft, fault.location)
        else:
            return accepted
    return Application(name="plain", regions=draft.values["regions"])


@st.composite
def spoiled(draw: DrawFn) -> Draft:
    """Draw an application with up to three wrong values, each anywhere in it."""
    draft = draw(drafts())
    for _ in range(draw(st.integers(min_value=0, max_value=3))):
        draft = _spoil(draw, draft)
    return draft


def _model(draw: DrawFn, model: type[Part], context: _Context) -> Draft:
    names = list(model.model_fields)
    often = {"services", "tables"}
    stated = [
        name
        for name in names
        if model.model_fields[name].is_required() or draw(st.integers(0, 9)) < (9 if name in often else context.share)
    ]
    values: dict[str, Any] = {}
    for name in stated:
        own = _OWN.get(f"{model.__name__}.{name}")
        values[name] = _value(draw, annotation_of(model, name), context) if own is None else own(draw, context)
    mend = _MENDED.get(model.__name__)
    return Draft(model, values if mend is None else mend(draw, values))


def _value(draw: DrawFn, annotation: Any, context: _Context) -> Any:  # noqa: PLR0911  one for each kind of type
    plain, limits = _parted(annotation)
    origin, arguments = get_origin(plain), get_args(plain)
    if plain is str or plain is int:
        return draw(_text(annotation) if plain is str else _number(limits))
    if plain is bool:
        return draw(st.booleans())
    if plain is type(None):
        return None
    if origin is Literal:
        return draw(st.sampled_from(arguments))
    if origin in {Union, types.UnionType}:
        least = [each for each in arguments if each is not type(None) or context.share < _ALL]
        return _value(draw, draw(st.sampled_from(least)), context)
    if origin in {tuple, frozenset}:
        found = [_value(draw, arguments[0], context) for _ in range(_count(draw, limits))]
        return frozenset(found) if origin is frozenset else found
    if origin is dict and arguments[0] is str:  # by region
        return {region: _in_region(_value(draw, arguments[1], context), region) for region in context.regions}
    if origin is dict:
        keys = [_value(draw, arguments[0], context) for _ in range(_count(draw, limits))]
        return {key: _value(draw, arguments[1], context) for key in keys}
    return _model(draw, plain, context)


def _in_region(value: Any, region: str) -> Any:
    """Put the region into an ARN that is given for it."""
    if isinstance(value, str) and value.startswith("arn:"):
        parts = value.split(":")
        return ":".join([*parts[:3], region, *parts[4:]])
    return value


def _parted(annotation: Any) -> tuple[Any, tuple[Limit, ...]]:
    """Return an annotation's type, and all the limits around it."""
    limits: tuple[Limit, ...] = ()
    while get_origin(annotation) is Annotated:
        annotation, *marks = get_args(annotation)
        limits += tuple(mark for mark in marks if isinstance(mark, Limit))
    return annotation, limits


def _count(draw: DrawFn, limits: tuple[Limit, ...]) -> int:
    lengths = [limit for limit in limits if isinstance(limit, Length)]
    least = max((limit.minimum for limit in lengths), default=0)
    most = min((limit.maximum for limit in lengths), default=_MOST_ENTRIES)
    return draw(st.integers(least, max(least, min(most, _MOST_ENTRIES))))


def _number(limits: tuple[Limit, ...]) -> SearchStrategy[Any]:
    for limit in limits:
        if isinstance(limit, OneOf):
            return st.sampled_from(limit.values)
        if isinstance(limit, Range):
            return st.integers(limit.minimum, limit.maximum)
    return st.integers()


@st.composite
def _text(draw: DrawFn, annotation: Any) -> str:
    """Draw a text within its limits, with a spice at its end where they allow that."""
    _, limits = _parted(annotation)
    plain = draw(st.sampled_from(_plain_texts(limits)))
    text = plain + draw(st.sampled_from(("", "", *SPICES)))
    return text if all(limit.allows(text) for limit in limits) else plain


@cache
def _plain_texts(limits: tuple[Limit, ...]) -> tuple[str, ...]:
    """Return texts within the limits: some short ones, and as long ones as are allowed where nothing else is asked."""
    lengths = [limit for limit in limits if isinstance(limit, Length)]
    least = max((limit.minimum for limit in lengths), default=0)
    most = min((limit.maximum for limit in lengths), default=_LONG)
    found = ["a" * least, "a" * most, *_PLAIN, *(text.upper() for text in _PLAIN)]
    for limit in limits:
        if isinstance(limit, OneOf):
            found = [str(value) for value in limit.values]
        if type(limit) is Pattern:
            found += matching(limit.regex, _TEXTS)
    return tuple(dict.fromkeys(text for text in found if all(limit.allows(text) for limit in limits)))


def _without(value: Any, location: tuple[str | int, ...]) -> Any:
    """Return the value without what stands at a location, or without the nearest of its holders that can go."""
    step, *rest = location or (None,)
    if isinstance(value, Draft) and isinstance(step, str) and step in value.values:
        left = _without(value.values[step], tuple(rest)) if rest else None
        if left is not None and left != value.values[step]:
            return Draft(value.model, {**value.values, step: left})
        return Draft(value.model, {name: entry for name, entry in value.values.items() if name != step})
    if isinstance(value, dict) and step in value:
        left = _without(value[step], tuple(rest)) if rest else None
        kept = {key: entry for key, entry in value.items() if key != step}
        return {**value, step: left} if left is not None and left != value[step] else kept
    if isinstance(value, list) and isinstance(step, int) and step < len(value):
        left = _without(value[step], tuple(rest)) if rest else None
        return [*value[:step], *([] if left is None else [left]), *value[step + 1 :]]
    return None if not isinstance(value, Draft) else value


def _places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the path of everything within a drawn value."""
    entries: Any = ()
    if isinstance(value, Draft):
        entries = value.values.items()
    elif isinstance(value, dict):
        entries = value.items()
    elif isinstance(value, list):
        entries = enumerate(value)
    for step, entry in entries:
        yield (*path, step)
        yield from _places(entry, (*path, step))


def _spoil(draw: DrawFn, draft: Draft) -> Draft:
    places = list(_places(draft))
    wrong = draw(st.sampled_from(WRONG))
    path = draw(st.sampled_from(places))
    changed: Draft = _changed(draft, path, wrong, as_key=draw(st.integers(0, 3)) == 0)
    return changed


def _changed(value: Any, path: tuple[Any, ...], wrong: Any, *, as_key: bool) -> Any:
    step, *rest = path
    entries = dict(enumerate(value)) if isinstance(value, list) else value.values if isinstance(value, Draft) else value
    if rest:
        new = {**entries, step: _changed(entries[step], tuple(rest), wrong, as_key=as_key)}
    elif as_key and isinstance(value, dict) and not isinstance(wrong, list | dict | Part):
        new = {(wrong if key == step else key): entry for key, entry in entries.items()}
    else:
        new = {**entries, step: wrong}
    if isinstance(value, list):
        return list(new.values())
    return Draft(value.model, new) if isinstance(value, Draft) else new


def _tables(draw: DrawFn, context: _Context) -> list[Draft]:
    found = [_model(draw, Table, context) for _ in context.tables]
    return [Draft(Table, {**draft.values, "name": name}) for draft, name in zip(found, context.tables, strict=True)]


def _services(draw: DrawFn, context: _Context) -> list[Draft]:
    """Draw services with names that are short enough to begin with an application's, and differ."""
    names = draw(st.lists(_text(annotation_of(Service, "name")), min_size=1, max_size=2, unique=True))
    found = []
    for name in names:
        values = _model(draw, Service, context).values
        short = name[:_SHORT]
        if isinstance(values.get("image"), Draft) and values["image"].model is Image:
            short = re.sub("[^a-z0-9]", "", short.lower()) or "web"
        kept = {field: value for field, value in values.items() if field != "tables" or context.tables}
        found.append(Draft(Service, {**kept, "name": short}))
    return found


_OWN: Final[dict[str, Callable[[DrawFn, _Context], Any]]] = {
    "Application.regions": lambda _, context: list(context.regions),
    "Application.draining": lambda draw, context: frozenset(context.regions[1:] if draw(st.booleans()) else ()),
    "Application.routing_region": lambda draw, context: draw(st.sampled_from((*context.regions, "ca-central-1"))),
    "Domain.region_name": lambda draw, _: draw(st.sampled_from(("{region}.{domain}", "{region}.at.{domain}"))),
    "Application.former_regions": lambda draw, context: frozenset(
        draw(st.sets(st.sampled_from([name for name in APP_RUNNER_REGIONS if name not in context.regions])))
    ),
    "Application.tables": _tables,
    "Application.services": _services,
    "TableAccess.table": lambda draw, context: draw(st.sampled_from(context.tables or ("none",))),
}
"""Fields whose values depend on the rest of the description."""


def _table(draw: DrawFn, values: dict[str, Any]) -> dict[str, Any]:
    """Declare the keys of the table and of its indexes, and nothing else."""
    indexes = [entry.values for name in ("global_indexes", "local_indexes") for entry in values.get(name, [])]
    if values.get("local_indexes") and values.get("range_key") is None:
        values = {**values, "range_key": "at"}
    keys = [part.get(name) for part in (values, *indexes) for name in ("hash_key", "range_key")]
    kinds = {key: draw(st.sampled_from("SNB")) for key in keys if key is not None}
    return {**values, "attributes": kinds}


def _index(_: DrawFn, values: dict[str, Any]) -> dict[str, Any]:
    """Project what is named, and name what is projected."""
    stated = {"projection": "INCLUDE"} if values.get("non_key_attributes") else {}
    return {name: value for name, value in values.items() if name != "projection"} | stated


def _service(draw: DrawFn, values: dict[str, Any]) -> dict[str, Any]:
    """State one origin, its command, memory that goes with vCPU, and each variable once."""
    if values.get("image") is None and values.get("source") is None:
        values = {**values, "image": Draft(Image, {"tag": "1.0"})}
    values = _one_of(draw, values, "image", "source")
    if values.get("source") is not None and values["source"].values.get("runtime") is not None:
        values = {"start_command": "run", **values}
    taken = {name for names in values.get("regional_environment", {}).values() for name in names}
    environment = {name: text for name, text in values.get("environment", {}).items() if name not in taken}
    secrets = {name: secret for name, secret in values.get("secrets", {}).items() if name not in taken | {*environment}}
    cpu = values.get("cpu", 1024)
    fitting = {"memory": draw(st.sampled_from(MEMORY_BY_CPU[cpu])), "environment": environment, "secrets": secrets}
    return {**values, **{name: value for name, value in fitting.items() if name in values or name == "memory"}}


def _one_of(draw: DrawFn, values: dict[str, Any], one: str, other: str, default: Any = None) -> dict[str, Any]:
    """State the one or the other of two fields; ``default`` is for the one where neither is drawn."""
    given = [name for name in (one, other) if values.get(name) is not None]
    if not given:
        return {**values, one: default}
    kept = draw(st.sampled_from(given))
    return {name: value for name, value in values.items() if name == kept or name not in {one, other}}


_Mend = Callable[["DrawFn", dict[str, Any]], dict[str, Any]]
_MENDED: Final[dict[str, _Mend]] = {
    "Table": _table,
    "GlobalIndex": _index,
    "LocalIndex": _index,
    "Service": _service,
    "Domain": lambda draw, values: {
        **values,
        "name": draw(st.sampled_from(("", "a.", "b-c."))) + values["hosted_zone"].values["name"],
    },
    "Image": lambda draw, values: _one_of(draw, values, "tag", "digest", "1.0"),
    "EcrImage": lambda draw, values: _one_of(draw, values, "tag", "digest", "1.0"),
    "SecretsManagerSecret": lambda draw, values: _one_of(
        draw, _one_of(draw, values, "name", "arns", "db"), "version_stage", "version_id"
    ),
    "SsmParameter": lambda draw, values: _one_of(draw, values, "name", "arns", "p"),
    "PrivateIngress": lambda draw, values: _one_of(
        draw, values, "vpc_endpoint_id", "subnet_ids", "vpce-0123456789abcdef0"
    ),
    "WorkspaceRepository": lambda draw, values: _one_of(
        draw, values, "oauth_token_id", "github_app_installation_id", "ot-a"
    ),
}
"""What makes the fields of a model fit together, so that most of a draft need not be left out."""
