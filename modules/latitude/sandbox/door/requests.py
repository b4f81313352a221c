"""Hold a request to the form that its service's protocol and botocore's model give it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from moto.backends import get_backend
from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.core.request import Request
from moto.core.utils import get_service_model

from latitude.sandbox.calls import TERRAFORM
from latitude.sandbox.door import json_requests, query_requests, text, xml_requests
from latitude.sandbox.door.bodies import rewind
from latitude.sandbox.door.refusal import Refusal, malformed
from latitude.sandbox.door.served import SERVED
from latitude.sandbox.services import install_late

if TYPE_CHECKING:
    from collections.abc import Sequence

    from latitude.sandbox.calls import Call
    from latitude.sandbox.door.served import Service

_S3 = ("s3", "s3control")
_S3_CONTROL = "/v20180820/"


def require_well_formed(call: Call, environ: dict[str, Any], body: bytes) -> Service:
    """Return the service that is to answer a request. Raises ``Refusal``."""
    if call.service not in SERVED:
        message = f"The embedded AWS does not serve {call.service[:40]!r}: it serves {', '.join(SERVED)}"
        raise Refusal("501 Not Implemented", "NotImplemented", message)
    text.require_decodable(environ)
    # moto takes the account, or the region, from these headers before it looks at the signature.
    environ.pop("HTTP_X_MOTO_ACCOUNT_ID", None)
    if TERRAFORM in environ.pop("HTTP_USER_AGENT", "").lower():
        environ["HTTP_USER_AGENT"] = TERRAFORM
    service = _chosen(SERVED[call.service], environ, body)
    if service.package not in _S3 and "gzip" in environ.get("HTTP_CONTENT_ENCODING", "").lower():
        raise malformed("InvalidRequest", "The embedded AWS takes no compressed requests")
    if service.model == "apprunner":
        # It holds its requests to the model itself, in its own words.
        json_requests.require_text(body)
        return service
    install_late(service.package)
    _require_region(call, service)
    model = get_service_model(service.model)
    rewind(environ, body)
    if "rest-xml" in model.metadata["protocols"]:
        xml_requests.require(model, Request(environ), body)
    elif "json" in model.metadata["protocols"] and "HTTP_X_AMZ_TARGET" in environ:
        json_requests.require(model, environ, body)
    elif not {"query", "ec2"}.isdisjoint(model.metadata["protocols"]):
        query_requests.require(model, environ, body)
    else:
        json_requests.require(model, environ, body)
    return service


def _require_region(call: Call, service: Service) -> None:
    """Raise ``Refusal`` for a region that the service is not in. S3 and the global services have one place for all."""
    regional = cast("Any", get_backend)(service.package)[DEFAULT_ACCOUNT_ID]
    if call.region is not None and service.package not in _S3 and call.region not in regional:
        raise malformed(
            "UnrecognizedClientException", f"The embedded AWS has no {service.model} in {call.region[:40]!r}"
        )


def _chosen(services: Sequence[Service], environ: dict[str, Any], body: bytes) -> Service:
    """Return the one of several services of a signing name."""
    first, *others = services
    for other in others:
        model = get_service_model(other.model)
        if other.model == "s3control":
            mine = environ.get("PATH_INFO", "").startswith(_S3_CONTROL)
        elif model.metadata["protocol"] == "json":
            mine = environ.get("HTTP_X_AMZ_TARGET", "").startswith(f"{model.metadata['targetPrefix']}.")
        else:
            mine = f"Version={model.metadata['apiVersion']}".encode() in body.split(b"&")
        if mine:
            return other
    return first
