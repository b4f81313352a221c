"""Requests of the JSON protocols: an operation in ``X-Amz-Target``, an object in the body."""

from __future__ import annotations

import base64
import binascii
import json
from typing import TYPE_CHECKING, Any, NoReturn

from latitude.sandbox.door.refusal import malformed
from latitude.sandbox.validation import faults

if TYPE_CHECKING:
    from collections.abc import Mapping

    from botocore.model import ServiceModel

_TYPES = ("application/x-amz-json-1.0", "application/x-amz-json-1.1")


def require(model: ServiceModel, environ: Mapping[str, Any], body: bytes) -> None:
    """Raise ``Refusal`` unless the request is one of an operation of the model, and has its form."""
    prefix, _, name = environ.get("HTTP_X_AMZ_TARGET", "").rpartition(".")
    if prefix != model.metadata["targetPrefix"] or name not in model.operation_names:
        wanted = f"{model.metadata['targetPrefix']}.OPERATION"
        message = (
            f"X-Amz-Target must be {wanted}, with an operation of {model.service_name}, got {prefix[:40]}.{name[:40]}"
        )
        raise malformed("UnknownOperationException", message)
    if environ["REQUEST_METHOD"] != "POST" or environ.get("CONTENT_TYPE") not in _TYPES or environ.get("QUERY_STRING"):
        message = f"The request must be a POST of {' or '.join(_TYPES)}, without a query"
        raise malformed("SerializationException", message)
    shape = model.operation_model(name).input_shape
    request = read(body)
    try:
        found = [] if shape is None else faults(shape, request, strict=False) + _unreadable(shape, request, "")
    except RecursionError:
        raise malformed("SerializationException", "The body is nested too deeply") from None
    if found:
        raise malformed("ValidationException", f"{len(found)} validation error(s) detected: {'; '.join(found)}")


def require_text(body: bytes) -> str:
    """Return the body as text. Raises ``Refusal``."""
    try:
        return body.decode()
    except UnicodeDecodeError:
        raise malformed("SerializationException", "The body must be UTF-8") from None


def read(body: bytes) -> dict[str, Any]:
    """Return the object that the body is. Raises ``Refusal``."""
    try:
        request = json.loads(require_text(body) or "{}", parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise malformed("SerializationException", f"The body can't be read as JSON: {error}") from None
    if not isinstance(request, dict):
        raise malformed("SerializationException", "The body must be a JSON object")
    return request


def _no_constant(name: str) -> NoReturn:
    message = f"{name} is no JSON"
    raise ValueError(message)


def _unreadable(shape: Any, value: Any, path: str) -> list[str]:
    """List the blobs and timestamps that can't be read; what has another type is known already."""
    kind = shape.type_name
    if kind == "structure" and isinstance(value, dict):
        inner = [(shape.members[name], part, name) for name, part in value.items() if name in shape.members]
    elif kind == "map" and isinstance(value, dict):
        inner = [(shape.value, part, name) for name, part in value.items()]
    elif kind == "list" and isinstance(value, list):
        inner = [(shape.member, part, str(index)) for index, part in enumerate(value, start=1)]
    else:
        wrong = value is not None and ((kind == "blob" and not _is_base64(value)) or _is_no_time(kind, value))
        return [f"Value {value!r:.80} at '{path}' must be a {kind}"] if wrong else []
    return [fault for part_shape, part, name in inner for fault in _unreadable(part_shape, part, f"{path}.{name}")]


def _is_no_time(kind: str, value: Any) -> bool:
    return kind == "timestamp" and (isinstance(value, bool) or not isinstance(value, int | float))


def _is_base64(value: Any) -> bool:
    try:
        base64.b64decode(value, validate=True)
    except (TypeError, ValueError, binascii.Error):
        return False
    return True
