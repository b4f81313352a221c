"""The base of every model of the spec: frozen, strict about unknown fields, and complete in what it reports."""

from __future__ import annotations

import contextlib
import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Self, TypeVar, cast

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from modules.spec.faults import Fault, InvalidDescriptionError, Location

if TYPE_CHECKING:
    from pydantic._internal._model_construction import ModelMetaclass  # it has no public name
    from pydantic.fields import FieldInfo
    from pydantic_core import ErrorDetails

    from modules.spec.application import Application
else:
    ModelMetaclass = type(BaseModel)

RuleMethod = Callable[..., Iterable[Fault]]
R = TypeVar("R", bound=RuleMethod)


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

    def __call__(cls, *args: Any, **values: Any) -> Any:  # noqa: N805  # a metaclass's self is a class
        try:
            part = super().__call__(*args, **values)
        except ValidationError as error:
            part = cls._draft(values, error)  # type: ignore[attr-defined]  # Part's own
        part._stated()  # noqa: SLF001  # Part's own, called by its metaclass
        return part


class Part(BaseModel, metaclass=_Collecting):
    """A part of a description. Its faults are reported by the ``Application`` that holds it, or by ``checked()``."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True, arbitrary_types_allowed=True)

    _faults: tuple[Fault, ...] = ()
    _rules: ClassVar[dict[str, int]]

    @classmethod
    def __pydantic_init_subclass__(cls, **_: Any) -> None:
        """Collect the rules that the class and its bases state."""
        found = ((name, getattr(getattr(cls, name, None), "__latitude_rule__", 0)) for name in sorted(vars(cls)))
        inherited = getattr(cls, "_rules", {})
        cls._rules = {**inherited, **{name: count for name, count in found if count}}

    @classmethod
    def _draft(cls, values: dict[str, Any], error: ValidationError) -> Self:
        """Return an instance that has the fields that are right, and remembers the faults of the others."""
        refused = {str(detail["loc"][0]) for detail in error.errors() if detail["loc"]}
        good = {
            name: _field_adapter(cls.model_fields[name]).validate_python(value)
            for name, value in values.items()
            if name in cls.model_fields and name not in refused
        }
        draft = cast("Self", cls.model_construct(**good))
        for name in refused:
            draft.__dict__.pop(name, None)
        draft._faults = tuple(_translated(cls, detail) for detail in error.errors())  # its own class's
        return draft

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
        for name in type(self).model_fields:
            for location, part in _parts(self.__dict__.get(name), (name,)):
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
    elif isinstance(value, tuple):
        for index, entry in enumerate(value):
            yield from _parts(entry, (*location, index))


def _translated(model: type[BaseModel], detail: ErrorDetails) -> Fault:
    """Say a fault that pydantic found in Latitude's words: what is allowed and what was given."""
    location = tuple(step for step in detail["loc"] if step != "[key]" and not str(step).startswith("<"))
    given = detail["input"]
    if detail["type"] == "limit":
        return Fault(location, detail["msg"])
    if detail["type"] == "missing":
        return Fault(location, f"is required ({model.__name__})")
    if detail["type"] == "extra_forbidden":
        names = list(model.model_fields)
        near = difflib.get_close_matches(str(location[-1]), names, n=1)
        hint = f"did you mean {near[0]}? " if near else ""
        return Fault(location, f"is not a field of {model.__name__}; {hint}its fields are {', '.join(names)}")
    message = detail["msg"].removeprefix("Value error, ")
    return Fault(location, f"{message[:1].lower()}{message[1:]}, got {given!r} ({model.__name__})")
