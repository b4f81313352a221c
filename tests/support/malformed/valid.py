"""Requests that are well-formed: an operation's members by chance, serialized as botocore does it."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

import botocore.session
from botocore.serialize import create_serializer

from tests.support.malformed.operations import FIELDS, OPERATIONS, ROUTES
from tests.support.malformed.wire import Sent

if TYPE_CHECKING:
    from random import Random

    from botocore.model import ServiceModel

TEXTS: Final = [
    *(
        "",
        " ",
        "x",
        "\u0000",
        "\ud7ff",
        "ü",
        "-1",
        "0",
        "1e999",
        "NaN",
        "true",
        "*",
        "..",
        "/",
        "%",
        "${a}",
        "a" * 3000,
    ),
    *("arn:aws:", "arn:aws:apprunner:us-east-1:123456789012:service/a/b", "2020-13-45T99:99:99Z", "[", "{", "<", "="),
]
VALUES: Final[list[Any]] = [
    *(None, True, False, 0, -1, 1, 2**31, 2**63, 2**80, 1.5, 1e308, [], {}, [None], [[]], [{}], {"": ""}, {"a": None}),
]
_NAMES: Final = ("a-bucket", "orders", "web", "a" * 12, "us-east-1", "123456789012", "id")
_OFTEN, _DEEP, _DEEPEST = 0.3, 4, 8


def anything(chance: Random) -> Any:
    """Return a JSON value that nobody asked for."""
    return chance.choice(TEXTS) if chance.random() < 0.5 else chance.choice(VALUES)


def valid(chance: Random, host: str) -> Sent:
    """Return a request for one of the operations."""
    service = chance.choice(list(OPERATIONS))
    model, serializer = _service(service)
    operation = model.operation_model(chance.choice(OPERATIONS[service]))
    shape = operation.input_shape
    members = {} if shape is None else value(chance, shape)
    made = serializer.serialize_to_request(members, operation)
    target, query = made["url_path"], made["query_string"]
    if query:
        target += ("&" if "?" in target else "?") + (query if isinstance(query, str) else urlencode(query, doseq=True))
    body = urlencode(made["body"]) if isinstance(made["body"], dict) else made["body"]
    content = body.encode() if isinstance(body, str) else (body or b"")
    scope = f"sandbox/20260101/us-east-1/{model.signing_name}/aws4_request"
    headers = {
        "Host": host,
        **{name: str(text) for name, text in made["headers"].items()},
        "Authorization": f"AWS4-HMAC-SHA256 Credential={scope}, SignedHeaders=host, Signature=0",
        "Content-Length": str(len(content)),
    }
    about = f"{service}:{operation.name}"
    return Sent(method=made["method"], target=target, headers=tuple(headers.items()), body=content, about=about)


def control(chance: Random, host: str) -> Sent:
    """Return a call of the control plane, with members of any type."""
    body = json.dumps({name: anything(chance) for name in chance.sample(FIELDS, chance.randrange(6))}).encode()
    headers = (("Host", host), ("Content-Type", "application/json"), ("Content-Length", str(len(body))))
    route = chance.choice(ROUTES)
    return Sent(method="POST", target=f"/_latitude/{route}", headers=headers, body=body, about=f"control:{route}")


def value(chance: Random, shape: Any, depth: int = 0) -> Any:
    """Return a value that the shape allows, more or less."""
    kind = shape.type_name
    if kind == "structure":
        return _structure(chance, shape, depth)
    if kind == "list":
        size = max(shape.metadata.get("min", 0), chance.choice((0, 1, 1, 2)))
        return [value(chance, shape.member, depth + 1) for _ in range(size if depth < _DEEPEST else 0)]
    if kind == "map":
        return {value(chance, shape.key, depth + 1): value(chance, shape.value, depth + 1)}
    if kind == "string":
        return chance.choice(shape.enum) if shape.enum else _text(chance, max(shape.metadata.get("min", 1), 1))
    simple = {"blob": b"content", "boolean": chance.random() < 0.5, "timestamp": "2026-01-01T00:00:00Z"}
    return simple.get(kind, max(shape.metadata.get("min", 1), 1))


def _structure(chance: Random, shape: Any, depth: int) -> dict[str, Any]:
    if depth > _DEEPEST:
        return {}
    members = {
        name: inner
        for name, inner in shape.members.items()
        if name in shape.required_members or (depth < _DEEP and chance.random() < _OFTEN)
    }
    return {name: value(chance, inner, depth + 1) for name, inner in members.items()}


def _text(chance: Random, size: int) -> str:
    text = chance.choice(_NAMES)
    return text if len(text) >= size else (text * size)[:size]


@cache
def _service(name: str) -> tuple[ServiceModel, Any]:
    model = botocore.session.get_session().get_service_model(name)
    return model, create_serializer(model.metadata["protocol"], include_validation=False)
