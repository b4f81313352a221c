"""The base of every model of the spec: frozen, strict about unknown fields, and complete in what it reports."""

from __future__ import annotations

import contextlib
import copy
import functools
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import FunctionType
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar

from pydantic import BaseModel, ConfigDict, PrivateAttr, TypeAdapter, ValidationError
from pydantic_core import core_schema

from latitude.spec.faults import Fault, Location, UnknownValueError, raise_if_any
from latitude.spec.wording import in_our_words

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler

    from latitude.spec.application import Application

RuleMethod = Callable[..., Iterable[Fault]]
R = TypeVar("R", bound=RuleMethod)


def rule(method: R) -> R:
    """Mark a method of a model as a rule that looks at more than one field and yields the faults it finds.

    It takes the ``Application`` too if it has a second parameter, and is then skipped where there is none.
    """
    method.asks_application = method.__code__.co_argcount > 1  # type: ignore[attr-defined]  # a mark on a function
    return method


def fault(*location: str | int, message: str) -> Fault:
    """Return a fault at a location below the model whose rule found it."""
    return Fault(location, message)


class Part(BaseModel):
    """A part of a description. Its faults are reported by the ``Application`` that holds it, or by ``checked()``.

    A part with faults comes into being too, as a draft: it has the fields that are right, and those that were refused
    have no value.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    _faults: tuple[Fault, ...] = PrivateAttr(default=())
    """What pydantic found wrong when the part was stated."""
    _refused: dict[str, Any] = PrivateAttr(default={})
    """The values that were refused, as they were given: they may hold parts with faults of their own."""
    _rules: ClassVar[dict[str, bool]] = {}
    """The rules by name, and whether each asks for the application."""
    _not_offered: ClassVar[Mapping[str, str]] = {}
    """Why what users may look for is no field, and what to state in its place."""

    def __init__(self, /, **values: Any) -> None:
        try:
            super().__init__(**values)
        except ValidationError as error:
            self._become_draft(values, error)
        self._stated()

    @classmethod
    def __pydantic_init_subclass__(cls, **_: Any) -> None:
        """Collect the rules that the class and its bases state."""
        functions = {name: member for name, member in sorted(vars(cls).items()) if isinstance(member, FunctionType)}
        rules = {name: method for name, method in functions.items() if hasattr(method, "asks_application")}
        cls._rules = cls._rules | {name: method.asks_application for name, method in rules.items()}

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: type[BaseModel], handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        """Take an instance, and no dict, where another model holds this one, as type checkers do.

        Pydantic asks twice: for the class itself, before it has a schema, and for each field that holds an instance.
        """
        if "__pydantic_core_schema__" in vars(cls):
            return core_schema.is_instance_schema(cls)
        return handler(source)

    def _become_draft(self, values: dict[str, Any], error: ValidationError) -> None:
        """Take the values that are right; keep the others, and what is wrong with them."""
        details = error.errors(include_url=False)
        refused = {str(detail["loc"][0]) for detail in details if detail["loc"]}
        right = {
            name: _adapter(type(self), name).validate_python(value)
            for name, value in values.items()
            if name not in refused and name in type(self).model_fields
        }
        # Pydantic fills an instance without validation only in model_construct, which makes a new one.
        self.__setstate__(type(self).model_construct(**right).__getstate__())
        for name in refused:
            self.__dict__.pop(name, None)
        self._faults = tuple(in_our_words(type(self), detail, self._not_offered) for detail in details)
        self._refused = {name: value for name, value in values.items() if name in refused}

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            """Stop a rule, or an early user, at a field that has no value."""
            if name not in type(self).model_fields:
                return super().__getattr__(name)
            why = [found for found in self._faults if found.location[:1] == (name,)]
            raise UnknownValueError(why or [Fault((name,), f"is required ({type(self).__name__})")])

    def faults(self, application: Application | None = None) -> Iterator[Fault]:
        """Yield every fault of this model and of those below it, with paths from here."""
        yield from self._faults
        for name, asks_application in self._rules.items():
            if asks_application and application is None:
                continue
            arguments = (application,) if asks_application else ()
            with contextlib.suppress(UnknownValueError):
                yield from getattr(self, name)(*arguments)
        stated = {name: self.__dict__[name] for name in type(self).model_fields if name in self.__dict__}
        for location, part in _parts({**stated, **self._refused}, ()):
            yield from (found.below(*location) for found in part.faults(application))

    def _stated(self) -> None:
        """Do what follows when the part has been stated, with or without faults."""

    def checked(self) -> Self:
        """Return the model itself.

        Raises:
            InvalidDescriptionError: it has faults; the error has all of them.

        """
        raise_if_any(self.faults())
        return self

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Return a copy; with ``update``, the copy is stated anew, so that limits and rules hold for it too.

        Raises:
            InvalidDescriptionError: an application, so changed, has faults.

        """
        if update is None:
            return super().model_copy(deep=deep)
        given = {**{name: getattr(self, name) for name in self.model_fields_set}, **self._refused}
        anew = type(self).__new__(type(self))  # A class that extends this one may have an __init__ of its own.
        Part.__init__(anew, **{**(copy.deepcopy(given) if deep else given), **update})
        return anew


@functools.cache
def _adapter(model: type[Part], field: str) -> TypeAdapter[Any]:
    """Return what validates one field by itself."""
    return TypeAdapter(model.model_fields[field].rebuild_annotation())


def _parts(value: Any, location: Location) -> Iterator[tuple[Location, Part]]:
    if isinstance(value, Part):
        yield location, value
    elif isinstance(value, Mapping):
        for key, entry in value.items():
            yield from _parts(entry, (*location, key))
    elif isinstance(value, tuple | list):
        for index, entry in enumerate(value):
            yield from _parts(entry, (*location, index))
