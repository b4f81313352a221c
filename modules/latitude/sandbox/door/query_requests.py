"""Requests of the query protocols: ``Action``, ``Version`` and ``a.member.1.b=c``, in a form."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from moto.core.parse import PROTOCOL_PARSERS

from latitude.sandbox.door import text
from latitude.sandbox.door.json_requests import require_text
from latitude.sandbox.door.refusal import malformed
from latitude.sandbox.validation import faults

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from botocore.model import ServiceModel

_FORM = "application/x-www-form-urlencoded"
_NUMBERED = re.compile(r"(?P<before>.*?\.)(?P<number>[0-9]+)(?=\.|$)")


def require(model: ServiceModel, environ: Mapping[str, Any], body: bytes) -> None:
    """Raise ``Refusal`` unless the request is one of an operation of the model, and has its form."""
    kind = environ.get("CONTENT_TYPE", "").partition(";")[0].strip().lower()
    if environ["REQUEST_METHOD"] != "POST" or kind != _FORM or environ.get("QUERY_STRING"):
        raise malformed("MalformedQueryString", f"The request must be a POST of {_FORM}, without a query")
    pairs = text.fields(require_text(body), what="The form")
    form = dict(pairs)
    if len(form) < len(pairs):
        raise malformed("MalformedQueryString", "The form must not have a parameter twice")
    name, version = form.get("Action"), form.get("Version")
    if name is None:
        raise malformed("MissingAction", f"The form must have an Action, an operation of {model.service_name}")
    if name not in model.operation_names or version != model.metadata["apiVersion"]:
        message = f"{model.service_name} has no Action {name[:40]!r} of the Version {str(version)[:40]!r}"
        raise malformed("InvalidAction", message)
    _require_in_order(form)
    operation: Any = model.operation_model(name)
    if operation.input_shape is None:
        return
    values: Any = {"values": form}
    try:
        parser = PROTOCOL_PARSERS["ec2" if model.metadata["protocol"] == "ec2" else "query"]
        request = parser(operation).parse(values)
    except (ValueError, TypeError, OverflowError) as error:
        raise malformed("MalformedQueryString", f"The form can't be read: {error}") from None
    found = faults(operation.input_shape, request, strict=False)
    if found:
        raise malformed("ValidationError", f"{len(found)} validation error(s) detected: {'; '.join(found)}")


def _require_in_order(names: Iterable[str]) -> None:
    """Raise ``Refusal`` unless lists begin with 1, have no gap, and no name is a value and a structure at once."""
    known = {name for name in names if name}
    beginnings = {name[: found.start()] for name in known for found in re.finditer(r"\.", name)}
    both = known & beginnings
    if both:
        raise malformed("MalformedQueryString", f"{min(both)[:80]!r} can't have a value and members")
    numbered = {(name[: found.end()], found["before"], int(found["number"][:9])) for name, found in _numbers(known)}
    whole = {path for path, _, _ in numbered}
    for path, _, number in numbered:
        before = re.sub(r"[0-9]+$", str(number - 1), path)
        if number < 1 or (number > 1 and before not in whole):
            raise malformed("MalformedQueryString", f"{path[:80]!r} must follow {before[:80]!r}: lists begin with 1")


def _numbers(names: Iterable[str]) -> Iterable[tuple[str, re.Match[str]]]:
    return ((name, found) for name in names for found in _NUMBERED.finditer(name))
