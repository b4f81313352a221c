"""What to put in the place of what is right."""

from __future__ import annotations

from typing import Final

_SIGNED: Final = "AWS4-HMAC-SHA256 Credential=a/20260101"

METHODS: Final = ["GET", "POST", "PUT", "DELETE", "HEAD", "PATCH", "OPTIONS", "TRACE", "CONNECT", "NOPE", "get"]
BODIES: Final = [
    *(b"", b"null", b"[]", b"{}", b"1", b'"x"', b"{", b"\xff\xfe\x00", b"NaN", b'{"a":NaN}', b"[" * 5000),
    *(b'{"a":' * 3000, b"<", b"<a>", b"<a><b></a>", b"<a>" * 500, b"a=%zz", b"=&=&&", b"Action", b"Action=", b"%"),
    *(b"Action=Nope&Version=x", b"a.member.x=1&a.member.99999999=2&Action=DescribeVpcs", b"\x00" * 64),
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "x"><!ENTITY c "&b;&b;&b;&b;">]><a>&c;</a>',
    b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
]
TYPES: Final = [
    *("", "text/plain", "application/json", "application/x-amz-json-1.0", "application/x-amz-json-1.1"),
    *("application/xml", "application/x-www-form-urlencoded", "application/x-www-form-urlencoded; charset=utf-8"),
    *("multipart/form-data", "multipart/form-data; boundary=x", "application/cbor", "image/png; charset=\xff", ";;;"),
]
AUTHORIZATIONS: Final = [
    *("", "Basic eDp4", "AWS4-HMAC-SHA256", "AWS4-HMAC-SHA256 Credential=", f"{_SIGNED}//s3/aws4_request", "AWS a:b"),
    *("AWS4-HMAC-SHA256 Credential=a/b/c", "Bearer x", ",", "x y/z"),
    *(f"{_SIGNED}/us-east-1/{name}/aws4_request, SignedHeaders=host, Signature=0" for name in ("lambda", "sns", "ec2")),
    f"{_SIGNED}/nowhere-9/dynamodb/aws4_request, SignedHeaders=host, Signature=0",
]
TARGETS: Final = [
    *("/%", "/%zz", "/%ff%fe", "/%00", "//", "/../..", "/a/../b", "/" + "a" * 5000, "/moto-api/reset", "/favicon.ico"),
    *("/latest/meta-data/", "/v20180820/tags/a", "/*", "*", "a", "http://example.com/", "http://[/", "/\xff", "/?/"),
    *("/a?%", "/a/b?uploads", "/a/b?uploadId=%", "/a?list-type=2&max-keys=x", "/a/b?partNumber=x&uploadId=y"),
    *(
        "/a?versioning=%zz",
        "/2013-04-01/hostedzone/",
        "/2013-04-01/x",
        "/2013-04-01/hostedzone/%/rrset",
        "/_latitude/%",
    ),
]
QUERIES: Final = ["%", "%zz", "Action", "Action=Nope", "X-Amz-Credential=a/b", "a=%ff", "&&", "=", "list-type=2"]
HEADERS: Final = [
    *(("X-Amz-Target", text) for text in ("", "x", ".", "DynamoDB_20120810.Nope", "DynamoDB", "a.b.c")),
    ("X-Amz-Target", "DynamoDBStreams_20120810.ListStreams"),
    *(("Host", text) for text in ("", "example.com", "127.0.0.1", "a.b.c.d.localhost", "\xff")),
    *(("Origin", "null"), ("Origin", "http://example.com"), ("Sec-Fetch-Site", "cross-site"), ("Range", "bytes=x")),
    *(("Range", "bytes=9-1"), ("Content-Encoding", "gzip"), ("Content-Encoding", "aws-chunked"), ("Content-MD5", "x")),
    *(("x-amz-content-sha256", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD"), ("x-amz-decoded-content-length", "x")),
    *(("If-Modified-Since", "yesterday"), ("x-amz-copy-source", "%"), ("x-amz-copy-source", "a")),
    *(
        ("x-amz-tagging", "%=&"),
        ("x-amz-acl", "x"),
        ("x-amz-date", "x"),
        ("x-amz-meta-a", "\xff"),
        ("Cookie", "\xff=;"),
    ),
    *(("x-amz-object-lock-retain-until-date", "x"), ("Expect", "100-continue"), ("x-amz-checksum-crc32", "x")),
    *(("x-amz-sdk-checksum-algorithm", "x"), ("x-amz-server-side-encryption", "x"), ("x-moto-account-id", "x")),
    *(("User-Agent", "region/xx-xx-9"), ("amz-sdk-invocation-id", "same"), ("x-amz-grant-read", "x")),
]
FRAMINGS: Final[list[tuple[tuple[str, str], ...]]] = [
    (),
    *((("Content-Length", text),) for text in ("-1", "x", "", "1_0", "99999999999999", "0", "+3", "1")),
    (("Content-Length", "3"), ("Content-Length", "4")),
    (("Content-Length", "3"), ("Transfer-Encoding", "chunked")),
    *((("Transfer-Encoding", text),) for text in ("gzip", "chunked", "chunked", "x, chunked")),
]
CHUNKS: Final = [
    *(b"-1\r\n", b"x\r\n", b"\r\n", b"3\r\nabcd\r\n0\r\n\r\n", b"FFFFFFFFFFFF\r\na", b"ffff\r\nabc", b"0\r\n\r\n"),
    b"2\r\n{}\r\n0\r\n\r\n",
]
