"""The base of every model of the spec: frozen, strict about unknown fields, and complete in what it reports."""

from __future__ import annotations

import contextlib
import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Self, TypeVar, cast

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError
from pydantic_core import core_schema

from latitude.spec.faults import Fault, InvalidDescriptionError, Location, shown

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic._internal._model_construction import ModelMetaclass  # it has no public name
    from pydantic.fields import FieldInfo
    from pydantic_core import ErrorDetails

    from latitude.spec.application import Application
else:
    ModelMetaclass = type(BaseModel)

RuleMethod = Callable[..., Iterable[Fault]]
R = TypeVar("R", bound=RuleMethod)
M = TypeVar("M")


class UnknownValueError(Exception):
    """A rule asked for a field whose value was already refused: the rule has nothing to say."""


def rule(method: R) -> R:
    """Mark a method of a model as a rule that looks at more than one field and yields the faults it finds.

    It takes the ``Application`` too if it has a second parameter, and is then skipped where there is none.
    """
    method.__latitude_rule__ = method.__code__.co_argcount  # type: ignore[attr-defined]  # a mark on a function
    return method


def fault(*location: str | int, message: str) -> Fault:
    """Return a fault at a location below the model whose rule found it."""
    return Fault(location, message)


class _Collecting(ModelMetaclass):
    """Lets a model with faults come into being as a draft, so that whoever holds it can report all faults at once."""

    # With Any for M, pyright, and so editors, would take every part of a description for Any.
    def __call__(cls: type[M], *args: Any, **values: Any) -> M:  # noqa: N805  # a metaclass's self is a class
        try:
            part: Any = super().__call__(*args, **values)  # type: ignore[misc]  # it is one, by the metaclass
        except ValidationError as error:
            part = cls._draft(values, error)  # type: ignore[attr-defined]  # Part's own
        part._stated()  # noqa: SLF001  # Part's own, called by its metaclass
        return cast("M", part)


class Part(BaseModel, metaclass=_Collecting):
    """A part of a description. Its faults are reported by the ``Application`` that holds it, or by ``checked()``."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True, arbitrary_types_allowed=True)

    _faults: tuple[Fault, ...] = ()
    _held: tuple[tuple[Location, Part], ...] = ()
    _rules: ClassVar[dict[str, int]]
    _not_offered: ClassVar[Mapping[str, str]] = {}
    """Why what users may look for is no field, and what to state in its place."""

    @classmethod
    def __pydantic_init_subclass__(cls, **_: Any) -> None:
        """Collect the rules that the class and its bases state."""
        found = ((name, getattr(getattr(cls, name, None), "__latitude_rule__", 0)) for name in sorted(vars(cls)))
        inherited = getattr(cls, "_rules", {})
        cls._rules = {**inherited, **{name: count for name, count in found if count}}

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: type[BaseModel], handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        """Take an instance, and no dict, where another model holds this one: a dict has no faults of its own."""
        if "__pydantic_core_schema__" in vars(cls):
            return core_schema.is_instance_schema(cls)
        return handler(source)

    @classmethod
    def _draft(cls, values: dict[str, Any], error: ValidationError) -> Self:
        """Return an instance with the fields that are right; of the others it keeps the faults and the parts."""
        refused = {str(detail["loc"][0]) for detail in error.errors() if detail["loc"]}
        good = {
            name: _field_adapter(cls.model_fields[name]).validate_python(value)
            for name, value in values.items()
            if name in cls.model_fields and name not in refused
        }
        draft = cast("Self", cls.model_construct(**good))
        for name in refused:
            draft.__dict__.pop(name, None)
        draft._keep(  # noqa: SLF001  # its own class's
            faults=tuple(_translated(cls, detail) for detail in error.errors()),
            held=tuple(held for name in sorted(refused & set(values)) for held in _parts(values[name], (name,))),
        )
        return draft

    def _keep(self, *, faults: tuple[Fault, ...], held: tuple[tuple[Location, Part], ...]) -> None:
        self._faults, self._held = faults, held

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            """Stop a rule, or an early user, at a field that was refused."""
            if name in type(self).model_fields:
                raise UnknownValueError(name)
            return super().__getattr__(name)

    def faults(self, application: Application | None = None) -> Iterator[Fault]:
        """Yield every fault of this model and of those below it, with paths from here."""
        yield from self._faults
        for name, parameters in self._rules.items():
            if parameters > 1 and application is None:
                continue
            arguments = (application,) if parameters > 1 else ()
            with contextlib.suppress(UnknownValueError):
                yield from getattr(self, name)(*arguments)
        stated = (held for name in type(self).model_fields for held in _parts(self.__dict__.get(name), (name,)))
        for location, part in (*stated, *self._held):
            yield from (found.below(*location) for found in part.faults(application))

    def _stated(self) -> None:
        """Do what follows when the part has been stated, with or without faults."""

    def checked(self) -> Self:
        """Return the model itself.

        Raises:
            InvalidDescriptionError: it has faults; the error has all of them.

        """
        found = list(dict.fromkeys(self.faults()))
        if found:
            raise InvalidDescriptionError(found)
        return self


def _field_adapter(field: FieldInfo) -> TypeAdapter[Any]:
    """Return what validates one field by itself."""
    annotation: Any = field.annotation
    for limit in field.metadata:
        annotation = Annotated[annotation, limit]
    if field.discriminator is not None:
        annotation = Annotated[annotation, field.discriminator]
    return TypeAdapter(annotation)


def _parts(value: Any, location: Location) -> Iterator[tuple[Location, Part]]:
    if isinstance(value, Part):
        yield location, value
    elif isinstance(value, Mapping):
        for key, entry in value.items():
            yield from _parts(entry, (*location, key))
    elif isinstance(value, tuple | list):
        for index, entry in enumerate(value):
            yield from _parts(entry, (*location, index))


_WORDS: Mapping[str, str] = {
    "bool_parsing": "True or False",
    "bool_type": "True or False",
    "dict_type": "a dict",
    "frozen_set_type": "a set",
    "int_parsing": "a whole number",
    "int_type": "a whole number",
    "string_type": "text",
    "tuple_type": "a tuple or a list",
}


def _translated(model: type[Part], detail: ErrorDetails) -> Fault:
    """Say a fault that pydantic found in Latitude's words: what is allowed and what was given."""
    location = tuple(step for step in detail["loc"] if step != "[key]" and not str(step).startswith("<"))
    kind = detail["type"]
    if kind == "limit":
        return Fault(location, detail["msg"])
    if kind == "missing":
        return Fault(location, f"is required ({model.__name__})")
    if kind == "extra_forbidden":
        why = model._not_offered.get(str(location[-1]))  # noqa: SLF001  # Part's own
        if why is not None:
            return Fault(location, f"{why}, got {shown(detail['input'])}")
        names = list(model.model_fields)
        near = difflib.get_close_matches(str(location[-1]), names, n=1)
        hint = f"did you mean {near[0]}? " if near else ""
        return Fault(location, f"is not a field of {model.__name__}; {hint}its fields are {', '.join(names)}")
    context = detail.get("ctx", {})
    if kind == "union_tag_invalid":
        allowed = _either([f"{name}(…)" for name in re.findall(r"<(\w+)>", context["expected_tags"])])
    elif kind == "is_instance_of":
        allowed = f"{context['class']}(…)"
    elif kind == "literal_error":
        allowed = context["expected"]
    else:
        allowed = _WORDS.get(kind, detail["msg"])
    return Fault(location, f"must be {allowed}, got {shown(detail['input'])} ({model.__name__})")


def _either(words: list[str]) -> str:
    return " or ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
