"""Requests of the REST protocol with XML: Route 53's, S3's and S3 Control's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from moto.core.parse import PROTOCOL_PARSERS, RequestParserError
from moto.core.routing import get_service_router
from werkzeug.exceptions import NotFound

from latitude.sandbox.door.refusal import Refusal, malformed
from latitude.sandbox.validation import faults

if TYPE_CHECKING:
    from collections.abc import Iterator

    from botocore.model import ServiceModel, StructureShape
    from moto.core.request import Request

_DEEPEST = 64


def require(model: ServiceModel, request: Request, body: bytes) -> None:
    """Raise ``Refusal`` unless the request is one of an operation of the model, and has its form."""
    try:
        operation, labels = get_service_router(model.service_name).match(request)
    except (NotFound, NotImplementedError):
        message = f"{model.service_name} has no operation {request.method} {request.raw_path[:80]}"
        raise Refusal("405 Method Not Allowed", "MethodNotAllowed", message) from None
    shape = operation.input_shape
    if shape is None:
        return
    document = _document(shape)
    if document is not None and body:
        _require_document(document, body)
    try:
        asked = PROTOCOL_PARSERS["rest-xml"](operation).parse(
            {
                "method": request.method,
                "values": request.args,
                "headers": request.headers,
                "body": body,
                "url_path": request.path,
                "url_params": labels,
            }
        )
    except (ValueError, TypeError, OverflowError, RequestParserError, ET.ParseError) as error:
        raise malformed("InvalidArgument", f"The request can't be read: {error}") from None
    found = faults(shape, asked, strict=False)
    if found:
        raise malformed("InvalidArgument", f"{len(found)} validation error(s) detected: {'; '.join(found)}")


def _document(shape: StructureShape) -> tuple[Any, str] | None:
    """Return the shape of the body and the name of its root; None if the body is no document."""
    payload = shape.serialization.get("payload")
    if payload is None:
        root = shape.serialization.get("name")
        return None if root is None else (shape, str(root))
    inner = shape.members[payload]
    if inner.type_name != "structure":
        return None
    return inner, str(inner.serialization.get("name", inner.name))


def _require_document(document: tuple[Any, str], body: bytes) -> None:
    shape, root = document
    if re.search(rb"<!(DOCTYPE|ENTITY)", body, re.IGNORECASE):
        raise malformed("MalformedXML", "The XML must not have a document type")
    try:
        node = ET.fromstring(body)  # noqa: S314 - without a document type there are no entities
    except (ET.ParseError, ValueError, LookupError) as error:
        raise malformed("MalformedXML", f"The XML can't be read: {error}") from None
    if _bare(node.tag) != root:
        raise malformed("MalformedXML", f"The XML must be a {root}, got {_bare(node.tag)[:40]!r}")
    fault = next(_faults(shape, node, root, 0), None)
    if fault is not None:
        raise malformed("MalformedXML", fault)


def _faults(shape: Any, node: ET.Element, path: str, depth: int) -> Iterator[str]:
    """Tell where the document has an element that its shape has not there, or has it twice."""
    if depth > _DEEPEST:
        yield f"{path[:80]} is too deep"
    elif shape.type_name == "structure":
        yield from _structure_faults(shape, node, path, depth)
    elif shape.type_name == "list":
        name = shape.member.serialization.get("name", "member")
        for child in node:
            if _bare(child.tag) != name:
                yield f"{path} has only {name}, got {_bare(child.tag)[:40]!r}"
            else:
                yield from _faults(shape.member, child, f"{path}.{name}", depth + 1)
    elif shape.type_name != "map" and len(node):
        yield f"{path} must be a text"


def _structure_faults(shape: Any, node: ET.Element, path: str, depth: int) -> Iterator[str]:
    members = {
        str(inner.member.serialization.get("name", inner.serialization.get("name", name)))
        if inner.type_name == "list" and inner.serialization.get("flattened")
        else str(inner.serialization.get("name", name)): inner
        for name, inner in shape.members.items()
        if "location" not in inner.serialization
    }
    seen: set[str] = set()
    for child in node:
        name = _bare(child.tag)
        inner = members.get(name)
        if inner is None:
            yield f"{path} has no {name[:40]!r}"
        elif inner.serialization.get("flattened"):
            yield from _faults(getattr(inner, "member", inner), child, f"{path}.{name}", depth + 1)
        elif name in seen:
            yield f"{path} has {name} twice"
        else:
            yield from _faults(inner, child, f"{path}.{name}", depth + 1)
        seen.add(name)


def _bare(tag: str) -> str:
    return tag.rpartition("}")[2]
