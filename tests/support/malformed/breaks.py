"""The ways to break a request. Each takes one and returns one."""

from __future__ import annotations

import json
import string
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from tests.support.malformed.junk import (
    AUTHORIZATIONS,
    BODIES,
    CHUNKS,
    FRAMINGS,
    HEADERS,
    METHODS,
    QUERIES,
    TARGETS,
    TYPES,
)
from tests.support.malformed.valid import TEXTS, anything

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from tests.support.malformed.wire import Sent

_DEEPER, _DROPPED, _SELDOM = 0.85, 0.2, 0.2


def body(chance: Random, sent: Sent) -> Sent:
    """Send something else altogether."""
    return sent.with_body(chance.choice(BODIES))


def some_bytes(chance: Random, sent: Sent) -> Sent:
    """Change one to three bytes of the body."""
    if not sent.body:
        return body(chance, sent)
    content = bytearray(sent.body)
    for _ in range(chance.choice((1, 1, 3))):
        content[chance.randrange(len(content))] = chance.randrange(256)
    return sent.with_body(bytes(content))


def truncated(chance: Random, sent: Sent) -> Sent:
    """Leave off the end of the body."""
    return sent.with_body(sent.body[: chance.randrange(len(sent.body) + 1)])


def member(chance: Random, sent: Sent) -> Sent:
    """Give a member of the body another type or value, or leave it out."""
    try:
        document = json.loads(sent.body)
    except (ValueError, RecursionError):
        return element(chance, sent) if b"<" in sent.body else parameter(chance, sent)
    return sent.with_body(json.dumps(_changed(chance, document)).encode())


def parameter(chance: Random, sent: Sent) -> Sent:
    """Give a parameter of a form another value, or leave it out."""
    pairs = sent.body.split(b"&")
    index = chance.randrange(len(pairs))
    name = pairs[index].partition(b"=")[0]
    pairs[index] = chance.choice((b"", name, name + b"=" + quote(chance.choice(TEXTS)).encode(), b"%zz=1"))
    return sent.with_body(b"&".join(pairs))


def element(chance: Random, sent: Sent) -> Sent:
    """Break a tag of the XML, or what follows it."""
    parts = sent.body.split(b"<")
    if len(parts) == 1:
        return body(chance, sent)
    index = chance.randrange(1, len(parts))
    tag = parts[index].partition(b">")[0]
    filled = tag + b">" + chance.choice(TEXTS).encode()
    parts[index] = chance.choice((b"x>", tag, b"/" + tag + b">", filled, b"", b"!--"))
    return sent.with_body(b"<".join(parts))


def content_type(chance: Random, sent: Sent) -> Sent:
    """Give the body another type, or none."""
    return sent.having("Content-Type", None if chance.random() < _SELDOM else chance.choice(TYPES))


def authorization(chance: Random, sent: Sent) -> Sent:
    """Sign for something else, or not at all."""
    return sent.having("Authorization", None if chance.random() < _SELDOM else chance.choice(AUTHORIZATIONS))


def target(chance: Random, sent: Sent) -> Sent:
    """Ask for another path, or with more in the query."""
    if chance.random() < 0.5:
        return replace(sent, target=chance.choice(TARGETS))
    return replace(sent, target=sent.target + ("&" if "?" in sent.target else "?") + chance.choice(QUERIES))


def path(chance: Random, sent: Sent) -> Sent:
    """Put something into the path."""
    index = chance.randrange(len(sent.target) + 1)
    inserted = chance.choice(("%", "%zz", "%ff", "%00", "//", "?", "&", "=", "a", "\xff", "{", ";"))
    return replace(sent, target=sent.target[:index] + inserted + sent.target[index:])


def method(chance: Random, sent: Sent) -> Sent:
    """Use another method."""
    return replace(sent, method=chance.choice(METHODS))


def header(chance: Random, sent: Sent) -> Sent:
    """Give a header another value, or leave it out."""
    name, text = chance.choice(HEADERS)
    return sent.having(name, None if chance.random() < _SELDOM else text)


def framing(chance: Random, sent: Sent) -> Sent:
    """Announce another length, in chunks or not, and send no more."""
    bare = sent.having("Content-Length", None)
    announced = chance.choice(FRAMINGS)
    if announced and announced[-1][0] == "Transfer-Encoding":
        bare = replace(bare, body=chance.choice(CHUNKS))
    return replace(bare, headers=(*bare.headers, *announced), ends=True)


def negative_length(_: Random, sent: Sent) -> Sent:
    """Announce less than nothing, and wait."""
    return sent.having("Content-Length", "-1")


def another_header(chance: Random, sent: Sent) -> Sent:
    """Add a header of printable characters."""
    letters = "".join(chance.choices(string.printable.replace("\r", "").replace("\n", ""), k=12))
    return replace(sent, headers=(*sent.headers, (letters.replace(":", "x"), letters)))


def _changed(chance: Random, node: Any) -> Any:
    if isinstance(node, dict) and node and chance.random() < _DEEPER:
        name = chance.choice(list(node))
        if chance.random() < _DROPPED:
            return {other: kept for other, kept in node.items() if other != name}
        return node | {name: _changed(chance, node[name])}
    if isinstance(node, list) and node and chance.random() < _DEEPER:
        index = chance.randrange(len(node))
        return [*node[:index], _changed(chance, node[index]), *node[index + 1 :]]
    return anything(chance)


BREAKS: Final[list[Callable[[Random, Sent], Sent]]] = [
    *(
        body,
        some_bytes,
        truncated,
        member,
        member,
        member,
        member,
        parameter,
        content_type,
        authorization,
        target,
        path,
    ),
    *(method, header, header, framing, negative_length, another_header),
]
