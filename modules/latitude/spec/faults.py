"""What is wrong with a description: faults, their paths, and the one error that reports them all."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from types import TracebackType

Location = tuple[str | int, ...]
_LONGEST_VALUE: Final = 120


def shown(value: object) -> str:
    """Return a value as a message shows it: as in Python, and not endless."""
    text = repr(value)
    return text if len(text) <= _LONGEST_VALUE else f"{text[:_LONGEST_VALUE]}…"


@dataclass(frozen=True)
class Fault:
    """One fault: where it is, and what is wrong, was given and is allowed, with the source of the fact."""

    location: Location
    message: str

    @property
    def path(self) -> str:
        """The field as it is written in Python: ``services[0].vpc["us-east-1"].subnets``."""
        text = ""
        for step in self.location:
            if not isinstance(step, str):
                text += f"[{shown(step)}]"
            elif step.isidentifier():
                text += f".{step}" if text else step
            else:
                text += f"[{json.dumps(step, ensure_ascii=False)}]"
        return text

    def __str__(self) -> str:
        return f"{self.path}: {self.message}" if self.location else self.message

    def below(self, *location: str | int) -> Fault:
        """Return the same fault as seen from the model that holds this one at ``location``."""
        return Fault((*location, *self.location), self.message)


class InvalidDescriptionError(ValueError):
    """A description that AWS, Terraform or Latitude would refuse; ``faults`` has every fault found.

    A program that does not catch it ends with the report on standard error and exit status 1, without a traceback:
    the lines of Latitude's own code are no help to whoever wrote the description.
    """

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(self.faults)

    def __str__(self) -> str:
        count = len(self.faults)
        title = f"The description has {count} fault{'' if count == 1 else 's'}; nothing was written."
        return "\n".join([title, *(f"  {fault}" for fault in self.faults)])


class UnknownValueError(InvalidDescriptionError, AttributeError):
    """A field was read whose value was refused, or never given; ``faults`` says why.

    A rule that reads such a field has nothing to say, and is skipped. It is an ``AttributeError`` too, so that
    ``hasattr``, and what else Python asks of an object, takes the field for one that is not there.
    """


def raise_if_any(found: Iterable[Fault]) -> None:
    """Raise one error with all the faults, each once, if there are any.

    Raises:
        InvalidDescriptionError: there are.

    """
    faults = tuple(dict.fromkeys(found))
    if faults:
        raise InvalidDescriptionError(faults)


_previous_hook = sys.excepthook


def _report(kind: type[BaseException], error: BaseException, traceback: TracebackType | None) -> None:
    if isinstance(error, InvalidDescriptionError):
        sys.stderr.write(f"{error}\n")
    else:
        _previous_hook(kind, error, traceback)


sys.excepthook = _report
