"""Which requests are refused before a service sees them."""

from __future__ import annotations

import time
from types import MappingProxyType
from typing import TYPE_CHECKING

import pytest

from latitude.sandbox.door.bodies import LIMIT_BYTES
from latitude.sandbox.listener import _QuietHandler
from tests.support.malformed.wire import Answer, ask

if TYPE_CHECKING:
    from collections.abc import Mapping

    from latitude.sandbox.pytest_plugin import ClientFactory
    from latitude.sandbox.server import Sandbox

pytestmark = pytest.mark.sandbox

_SECONDS = 20.0
_JSON = {"Content-Type": "application/x-amz-json-1.0", "X-Amz-Target": "DynamoDB_20120810.ListTables"}
_DEEP = b'{"TableName": "a", "Item": {"a": ' + b'{"L": [' * 400 + b"]}" * 400 + b"}}"
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def _port(sandbox: Sandbox) -> int:
    return int(sandbox.url.rpartition(":")[2])


def _ask(
    sandbox: Sandbox,
    body: bytes,
    *,
    service: str = "dynamodb",
    method: str = "POST",
    target: str = "/",
    ends: bool = False,
    region: str = "us-east-1",
    headers: Mapping[str, str] = MappingProxyType({}),
) -> Answer:
    stated = {
        "Host": f"127.0.0.1:{_port(sandbox)}",
        "Authorization": f"AWS4-HMAC-SHA256 Credential=a/20260101/{region}/{service}/aws4_request, Signature=0",
        "Content-Length": str(len(body)),
        **headers,
    }
    lines = [f"{method} {target} HTTP/1.1", *(f"{name}: {value}" for name, value in stated.items() if value != "-")]
    return ask(_port(sandbox), "\r\n".join(lines).encode() + b"\r\n\r\n" + body, ends=ends, seconds=_SECONDS)


@pytest.mark.parametrize("length", ["-1", "x", "1_0", "+2", "9" * 30])
def test_content_length_that_is_none(sandbox: Sandbox, length: str) -> None:
    """A length that no body can have is answered at once, and holds no thread."""
    began = time.monotonic()
    answer = _ask(sandbox, b"{}", headers=_JSON | {"Content-Length": length})
    assert (answer.status, "Content-Length must be a whole number" in answer.text) == (400, True)
    assert time.monotonic() - began < _SECONDS / 2


def test_content_length_twice(sandbox: Sandbox) -> None:
    """Two lengths are refused: one side would believe the one, and the other the other."""
    wire = f"POST / HTTP/1.1\r\nHost: 127.0.0.1:{_port(sandbox)}\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{{}}"
    assert ask(_port(sandbox), wire.encode(), seconds=_SECONDS).status == 400


def test_body_that_is_too_long(sandbox: Sandbox) -> None:
    """The bound is kept before a byte is read."""
    answer = _ask(sandbox, b"", headers=_JSON | {"Content-Length": str(LIMIT_BYTES + 1)})
    assert (answer.status, f"at most {LIMIT_BYTES} bytes" in answer.text) == (413, True)


def test_body_that_ends_early(sandbox: Sandbox) -> None:
    """The answer says how much came."""
    answer = _ask(sandbox, b"{}", ends=True, headers=_JSON | {"Content-Length": "9"})
    assert (answer.status, "The body has 2 bytes, and Content-Length says 9" in answer.text) == (400, True)


def test_body_that_does_not_come(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """A client that announces more than it sends is told so after a while, and nobody else is."""
    monkeypatch.setattr(_QuietHandler, "timeout", 0.5)
    answer = _ask(sandbox, b"{}", headers=_JSON | {"Content-Length": "9"})
    assert (answer.status, "The body did not arrive" in answer.text) == (408, True)
    time.sleep(0.2)
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize(
    "chunks", [b"-1\r\n", b"x\r\n", b"\r\n", b"ffff\r\nabc", b"2\r\n{}0\r\n\r\n", b"", b"9999999999\r\na"]
)
def test_chunks_that_are_none(sandbox: Sandbox, client: ClientFactory, chunks: bytes) -> None:
    """They are refused, and the sandbox lives on: read by werkzeug, a short chunk took the process with it."""
    answer = _ask(sandbox, chunks, ends=True, headers=_JSON | {"Content-Length": "-", "Transfer-Encoding": "chunked"})
    assert answer.status in (400, 413)
    assert client("dynamodb").list_tables()["TableNames"] == []


def test_body_in_chunks(sandbox: Sandbox) -> None:
    """Chunks of any size are one body."""
    chunks = b'3\r\n{"L\r\n11;a=b\r\nimit": 1         \r\n1\r\n}\r\n0\r\n\r\n'
    answer = _ask(sandbox, chunks, headers=_JSON | {"Content-Length": "-", "Transfer-Encoding": "chunked"})
    assert (answer.status, answer.text.endswith('{"TableNames": []}')) == (200, True)


@pytest.mark.parametrize(
    ("body", "headers", "code"),
    [
        (b"{", {}, "SerializationException"),
        (b"[]", {}, "SerializationException"),
        (b'{"Limit": NaN}', {}, "SerializationException"),
        (b"[" * 100_000, {}, "SerializationException"),
        (b"\xff", {}, "SerializationException"),
        (_DEEP, {"X-Amz-Target": "DynamoDB_20120810.PutItem"}, "SerializationException"),
        (b'{"Limit": "1"}', {}, "ValidationException"),
        (b'{"Limit": []}', {}, "ValidationException"),
        (b"{}", {"Content-Type": "text/plain"}, "SerializationException"),
        (b"{}", {"X-Amz-Target": "DynamoDB_20120810.Nope"}, "UnknownOperationException"),
        (b"{}", {"X-Amz-Target": "DynamoDB"}, "UnknownOperationException"),
        (b"{}", {"X-Amz-Target": "DynamoDB_20120810.GetItem"}, "ValidationException"),
    ],
)
def test_json_request_that_is_malformed(sandbox: Sandbox, body: bytes, headers: dict[str, str], code: str) -> None:
    """Whatever can't be read, is of another type, or is missing is answered with 400, in JSON."""
    answer = _ask(sandbox, body, headers=_JSON | headers)
    assert (answer.status, f'"__type": "{code}"' in answer.text) == (400, True)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "MissingAction"),
        (b"Version=2010-05-08", "MissingAction"),
        (b"Action=ListRoles", "InvalidAction"),
        (b"Action=ListRoles&Version=2010-05-08&Action=GetRole", "MalformedQueryString"),
        (b"Action=Nope&Version=2010-05-08", "InvalidAction"),
        (b"Action=ListRoles&Version=2010-05-08&MaxItems=x", "MalformedQueryString"),
        (b"Action=ListRoles&Version=2010-05-08&a=%zz", "InvalidURI"),
        (b"Action=ListRoles&Version=2010-05-08&a=%ff", "InvalidURI"),
        (b"Action=GetRole&Version=2010-05-08", "ValidationError"),
        (b"Action=TagRole&Version=2010-05-08&RoleName=a&Tags.member.2.Key=a", "MalformedQueryString"),
        (b"Action=TagRole&Version=2010-05-08&RoleName=a&Tags=1&Tags.member.1.Key=a", "MalformedQueryString"),
    ],
)
def test_form_that_is_malformed(sandbox: Sandbox, body: bytes, code: str) -> None:
    """The query protocols are held to their forms too."""
    answer = _ask(sandbox, body, service="iam", headers=_FORM)
    assert (answer.status, f"<Code>{code}</Code>" in answer.text) == (400, True)


@pytest.mark.parametrize(
    "body",
    [
        b"<",
        b"<a/>",
        b"<VersioningConfiguration>",
        b"<VersioningConfiguration><Status>Enabled</Status><Status>Enabled</Status></VersioningConfiguration>",
        b"<VersioningConfiguration><Colour>red</Colour></VersioningConfiguration>",
        b"<VersioningConfiguration><Status><a/></Status></VersioningConfiguration>",
        b'<!DOCTYPE a [<!ENTITY b "c">]><VersioningConfiguration><Status>&b;</Status></VersioningConfiguration>',
        b"\xff",
    ],
)
def test_xml_that_is_malformed(sandbox: Sandbox, client: ClientFactory, body: bytes) -> None:
    """Elements are those of the document, each where it may be; a document type is refused with its entities."""
    client("s3").create_bucket(Bucket="a-bucket")
    answer = _ask(sandbox, body, service="s3", method="PUT", target="/a-bucket?versioning=")
    assert (answer.status, "<Code>MalformedXML</Code>" in answer.text) == (400, True)


@pytest.mark.parametrize("target", ["/%", "/%zz", "/%ff", "/%00", "/a?b=%", "*", "/" + "a" * 20_000])
def test_target_that_is_malformed(sandbox: Sandbox, target: str) -> None:
    """Percent signs are followed by hexadecimal digits, and what they mean is UTF-8."""
    answer = _ask(sandbox, b"", service="s3", method="GET", target=target)
    assert (answer.status, "<Code>InvalidURI</Code>" in answer.text) == (400, True)


def test_target_that_no_reader_of_urls_takes(sandbox: Sandbox, capfd: pytest.CaptureFixture[str]) -> None:
    """It is answered, and the console stays quiet."""
    wire = f"GET http://[/ HTTP/1.1\r\nHost: 127.0.0.1:{_port(sandbox)}\r\n\r\n".encode()
    assert ask(_port(sandbox), wire, seconds=_SECONDS).status == 400
    assert capfd.readouterr().err == ""


def test_request_for_a_region_that_is_none(sandbox: Sandbox) -> None:
    """The message names the service and the region."""
    answer = _ask(sandbox, b"{}", region="nowhere-9", headers=_JSON)
    assert (answer.status, "The embedded AWS has no dynamodb in 'nowhere-9'" in answer.text) == (400, True)
