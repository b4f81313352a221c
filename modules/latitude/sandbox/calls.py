"""What a request is addressed to: which service, in which region, in which of AWS's protocols."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import parse_qs

from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.s3.models import s3_backends

Protocol = Literal["json", "query", "ec2", "rest-json", "rest-xml", "s3"]

# Their endpoints are not a region's.
GLOBAL_SERVICES = ("cloudfront", "iam", "organizations", "route53", "sts")
_XML_SERVICES = ("cloudfront", "route53")
# Signature Version 4: .../<date>/<region>/<service>/aws4_request, in a header or, presigned, in the query.
_SCOPE = re.compile(r"Credential=[^/]+/\d{8}/(?P<region>[^/]+)/(?P<service>[^/]+)/aws4_request")


@dataclass(frozen=True, kw_only=True)
class Call:
    """The service's signing name, the region whose endpoint has to answer (None: no region's), the protocol."""

    service: str
    region: str | None
    protocol: Protocol


def read(environ: dict[str, Any]) -> Call | None:
    """Return what a signed request is addressed to, or None if it is not signed.

    S3's region is the bucket's, as far as the bucket exists.
    """
    query = environ.get("QUERY_STRING", "")
    credential = parse_qs(query).get("X-Amz-Credential", [""])[0]
    scope = _SCOPE.search(environ.get("HTTP_AUTHORIZATION", f"Credential={credential}"))
    if scope is None:
        return None
    service, region = scope["service"].lower(), scope["region"]
    if service in GLOBAL_SERVICES:
        return Call(service=service, region=None, protocol=_protocol(service, environ))
    if service == "s3":
        return Call(service=service, region=_bucket_region(environ.get("PATH_INFO", "/"), region), protocol="s3")
    return Call(service=service, region=region, protocol=_protocol(service, environ))


def _bucket_region(path: str, signed: str) -> str | None:
    name = path.lstrip("/").partition("/")[0]
    if not name:
        return None
    bucket = s3_backends[DEFAULT_ACCOUNT_ID]["aws"].buckets.get(name)
    return signed if bucket is None else str(bucket.region_name)


def _protocol(service: str, environ: dict[str, Any]) -> Protocol:
    if "HTTP_X_AMZ_TARGET" in environ:
        return "json"
    if service in _XML_SERVICES:
        return "rest-xml"
    if environ.get("CONTENT_TYPE", "").startswith("application/x-www-form-urlencoded"):
        return "ec2" if service == "ec2" else "query"
    return "rest-json"
