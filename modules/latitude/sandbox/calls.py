"""What a request is addressed to: which service, in which region, in which of AWS's protocols."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import parse_qsl

from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.s3.models import s3_backends

from latitude.sandbox.door.refusal import Refusal

Protocol = Literal["json", "query", "ec2", "rest-json", "rest-xml", "s3"]

# Their endpoints are not a region's.
GLOBAL_SERVICES = ("cloudfront", "iam", "organizations", "route53", "sts")
TERRAFORM = "terraform-provider-aws"
"""What Terraform's provider calls itself in the header User-Agent."""
_XML_SERVICES = ("cloudfront", "route53")
# Signature Version 4: .../<date>/<region>/<service>/aws4_request, in a header or, presigned, in the query.
_SCOPE = re.compile(
    r"(?:AWS4-HMAC-SHA256 +)?Credential=[^/, ]+/\d{8}/(?P<region>[a-z0-9-]+)/(?P<service>[a-z0-9-]+)/aws4_request"
)


@dataclass(frozen=True, kw_only=True)
class Call:
    """The service's signing name, the region whose endpoint has to answer (None: no region's), the protocol."""

    service: str
    region: str | None
    protocol: Protocol


def read(environ: dict[str, Any]) -> Call:
    """Return what a signed request is addressed to.

    S3's region is the bucket's, as far as the bucket exists. Only S3 takes a signature in the query: elsewhere a link
    would do to change something.

    Raises ``Refusal`` for a request that is not signed; whether the signature is right is not looked at.
    """
    presigned = dict(parse_qsl(environ.get("QUERY_STRING", ""))).get("X-Amz-Credential")
    stated = environ.get("HTTP_AUTHORIZATION")
    scope = _SCOPE.fullmatch(f"Credential={presigned}" if stated is None else stated.partition(",")[0])
    if scope is None or (stated is None and scope["service"] != "s3"):
        message = "The request must be signed with Signature Version 4, as SDKs, the AWS CLI and Terraform sign theirs"
        raise Refusal("403 Forbidden", "MissingAuthenticationToken", message)
    service, region = scope["service"], scope["region"]
    protocol = protocol_of(environ, service)
    if service in GLOBAL_SERVICES:
        return Call(service=service, region=None, protocol=protocol)
    if service == "s3":
        return Call(service=service, region=_bucket_region(environ.get("PATH_INFO", "/"), region), protocol=protocol)
    return Call(service=service, region=region, protocol=protocol)


def _bucket_region(path: str, signed: str) -> str | None:
    name = path.lstrip("/").partition("/")[0]
    if not name:
        return None
    bucket = s3_backends[DEFAULT_ACCOUNT_ID]["aws"].buckets.get(name)
    return signed if bucket is None else str(bucket.region_name)


def protocol_of(environ: dict[str, Any], service: str | None = None) -> Protocol:
    """Return the protocol that an answer should be in; without a service, as far as it can be told."""
    if "HTTP_X_AMZ_TARGET" in environ:
        return "json"
    if service == "s3":
        return "s3"
    if service in _XML_SERVICES:
        return "rest-xml"
    if environ.get("CONTENT_TYPE", "").startswith("application/x-www-form-urlencoded"):
        return "ec2" if service == "ec2" else "query"
    return "rest-json" if service is not None else "s3"
