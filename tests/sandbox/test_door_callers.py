"""Who may ask the sandbox: programs of this machine, and no web page."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Literal

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from tests.support.malformed.wire import Answer, ask

if TYPE_CHECKING:
    from latitude.sandbox.control import Control
    from latitude.sandbox.pytest_plugin import ClientFactory
    from latitude.sandbox.server import Sandbox

pytestmark = pytest.mark.sandbox

_DARK = json.dumps({"region": "us-east-1", "dark": True, "mode": "503"})
_SECONDS = 20.0


def _port(sandbox: Sandbox) -> int:
    return int(sandbox.url.rpartition(":")[2])


def _darken(sandbox: Sandbox, *, host: str, **headers: str) -> Answer:
    """Ask for darkness, as a page might."""
    lines = [
        "POST /_latitude/region HTTP/1.1",
        f"Host: {host.replace('PORT', str(_port(sandbox)))}",
        f"Content-Length: {len(_DARK)}",
        *(
            f"{name.replace('_', '-')}: {value}"
            for name, value in ({"Content_Type": "application/json"} | headers).items()
        ),
    ]
    wire = "\r\n".join(lines) + "\r\n\r\n" + _DARK
    return ask(_port(sandbox), wire.replace("PORT", str(_port(sandbox))).encode(), seconds=_SECONDS)


@pytest.mark.parametrize(
    "host",
    ["example.com", "example.com:PORT", "127.0.0.1", "127.0.0.1:1", "127.0.0.1.nip.io:PORT", "localhost.:PORT", ""],
)
def test_request_to_another_host_is_refused(sandbox: Sandbox, control: Control, host: str) -> None:
    """A name that somebody made to lead here is told from the sandbox's own, and nothing is done."""
    answer = _darken(sandbox, host=host)
    assert answer.status == 403
    assert f"answers at 127.0.0.1:{_port(sandbox)} and localhost:{_port(sandbox)}, not at the host" in answer.text
    assert control.status()["dark_regions"] == {}


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://example.com"},
        {"Origin": "null"},
        {"Origin": "http://localhost:3000"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
    ],
    ids=["origin", "null", "another port", "cross-site", "same-site"],
)
def test_request_of_a_web_page_is_refused(sandbox: Sandbox, control: Control, headers: dict[str, str]) -> None:
    """What a browser says of the page is believed, and nothing is done."""
    answer = _darken(sandbox, host="127.0.0.1:PORT", **headers)
    assert (answer.status, "answers no web page of another origin" in answer.text) == (403, True)
    assert control.status()["dark_regions"] == {}


@pytest.mark.parametrize("host", ["127.0.0.1:PORT", "localhost:PORT", "LOCALHOST:PORT", "[::1]:PORT"])
def test_request_to_the_sandbox_s_own_hosts_is_answered(sandbox: Sandbox, control: Control, host: str) -> None:
    """Loopback's names and its own origin will do."""
    own = {} if host.isupper() else {"Origin": f"http://{host}", "Sec_Fetch_Site": "same-origin"}
    assert _darken(sandbox, host=host, **own).status == 200
    assert control.status()["dark_regions"] == {"us-east-1": "503"}


def _signing(url: str, *, style: Literal["path", "virtual"] = "path") -> Any:
    """Return a client that signs links with Signature Version 4."""
    session: Any = boto3.Session(aws_access_key_id="a", aws_secret_access_key="b")  # noqa: S106 - not one
    config = Config(signature_version="s3v4", s3={"addressing_style": style})
    return session.client("s3", region_name="us-east-1", endpoint_url=url, config=config)


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_control_call_in_a_form_that_any_page_may_send_is_refused(sandbox: Sandbox, kind: str) -> None:
    """A browser sends JSON to another origin only after it has asked, and it is never told that it may."""
    answer = _darken(sandbox, host="127.0.0.1:PORT", Content_Type=kind)
    assert (answer.status, "must be a POST of application/json" in answer.text) == (400, True)


def test_question_whether_a_page_may_ask_is_refused(sandbox: Sandbox) -> None:
    """OPTIONS is no method here, and no answer speaks of access control."""
    host = f"127.0.0.1:{_port(sandbox)}"
    wire = f"OPTIONS /bucket HTTP/1.1\r\nHost: {host}\r\nAccess-Control-Request-Method: PUT\r\n\r\n".encode()
    answer = ask(_port(sandbox), wire, seconds=_SECONDS)
    assert (answer.status, "access-control" in answer.text.lower()) == (405, False)


def test_bucket_s_cors_rules_let_no_page_read(sandbox: Sandbox, client: ClientFactory) -> None:
    """Whatever a bucket's own rules say, an answer has no header that lets a page read it."""
    s3 = client("s3")
    s3.create_bucket(Bucket="open")
    rule = {"AllowedMethods": ["GET"], "AllowedOrigins": ["*"]}
    s3.put_bucket_cors(Bucket="open", CORSConfiguration={"CORSRules": [rule]})
    s3.put_object(Bucket="open", Key="a", Body=b"content")
    url = _signing(sandbox.url).generate_presigned_url("get_object", Params={"Bucket": "open", "Key": "a"})
    target = url.removeprefix(sandbox.url)
    host = sandbox.url.removeprefix("http://")
    wire = f"GET {target} HTTP/1.1\r\nHost: {host}\r\nOrigin: {sandbox.url}\r\n\r\n".encode()
    answer = ask(_port(sandbox), wire, seconds=_SECONDS)
    assert (answer.status, answer.text.endswith("content")) == (200, True)
    assert "access-control" not in answer.text.lower()


@pytest.mark.parametrize(
    "target",
    [
        "/moto-api/reset",
        "/moto-api/recorder/start-recording",
        "/?Action=DeleteRole&RoleName=a&X-Amz-Credential=a/20260101/us-east-1/iam/aws4_request",
        "/latest/meta-data/",
        "/",
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_link_does_nothing(sandbox: Sandbox, method: str, target: str) -> None:
    """Moto's own API is not there, and what is not signed in its headers is not answered."""
    wire = f"{method} {target} HTTP/1.1\r\nHost: 127.0.0.1:{_port(sandbox)}\r\n\r\n".encode()
    answer = ask(_port(sandbox), wire, seconds=_SECONDS)
    assert (answer.status, "must be signed with Signature Version 4" in answer.text) == (403, True)


@pytest.mark.parametrize(
    ("service", "operation", "request_"),
    [
        ("sns", "subscribe", {"TopicArn": "arn:aws:sns:us-east-1:123456789012:a", "Protocol": "http"}),
        ("lambda", "list_functions", {}),
        ("sqs", "list_queues", {}),
        ("cloudformation", "list_stacks", {}),
    ],
)
def test_service_that_latitude_does_not_need_is_not_served(
    client: ClientFactory, service: str, operation: str, request_: dict[str, str]
) -> None:
    """The answer says which services are, and SDKs don't ask again."""
    with pytest.raises(ClientError) as caught:
        getattr(client(service, attempts=3), operation)(**request_)
    answer = caught.value.response
    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 501
    assert answer["ResponseMetadata"]["RetryAttempts"] == 0
    assert re.fullmatch(
        rf"The embedded AWS does not serve '{service}': it serves application-autoscaling, apprunner, .*, wafv2",
        str(answer["Error"].get("Message")),
    )


def test_bucket_in_the_host_is_the_bucket_in_the_path(sandbox: Sandbox, client: ClientFactory) -> None:
    """Endpoints that are a name get requests for BUCKET.localhost from SDKs."""
    client("s3").create_bucket(Bucket="state")
    s3 = _signing(sandbox.url.replace("127.0.0.1", "localhost"), style="virtual")
    target = s3.generate_presigned_url("put_object", Params={"Bucket": "state", "Key": "a/b"})
    assert target.startswith(f"http://state.localhost:{_port(sandbox)}/a/b?")
    wire = f"PUT /a/b{target[target.index('?') :]} HTTP/1.1\r\nHost: STATE.localhost:{_port(sandbox)}\r\n"
    answer = ask(_port(sandbox), f"{wire}Content-Length: 4\r\n\r\nbody".encode(), seconds=_SECONDS)
    assert answer.status == 200
    assert client("s3").get_object(Bucket="state", Key="a/b")["Body"].read() == b"body"
