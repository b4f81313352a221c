"""Names: the patterns that AWS allows, and names that Latitude derives when its own would be too long."""

from __future__ import annotations

import hashlib
import re
from typing import Annotated, Final

from latitude.spec.limits import Length, Pattern

MAX_ROLE_NAME_LENGTH: Final = 64
MAX_APP_RUNNER_NAME_LENGTH: Final = 40
MAX_SHORT_APP_RUNNER_NAME_LENGTH: Final = 32

ApplicationName = Annotated[
    str,
    Pattern(
        regex=r"[a-z][a-z0-9]*(-[a-z0-9]+)*",
        words="lower-case letters, digits and single hyphens, beginning with a letter",
        source="ECR CreateRepository: the name begins every repository's name",
    ),
    Length(minimum=2, maximum=28, source="Latitude: the name begins the names of roles, stacks and services"),
]
ServiceName = Annotated[
    str,
    Pattern(
        regex=r"[A-Za-z0-9_-]+",
        words="letters, digits, - and _",
        source="App Runner CreateService",
    ),
    Length(minimum=1, maximum=40, source="App Runner CreateService"),
]
_TABLE_NAME: Final = Pattern(
    regex=r"[A-Za-z0-9_.\-]+",
    words="letters, digits, and the characters _ . -",
    source="DynamoDB CreateTable",
)
FullTableName = Annotated[
    str,
    _TABLE_NAME,
    Length(minimum=3, maximum=255, source="DynamoDB CreateTable"),
]
"""A table's whole name in AWS."""
TableName = Annotated[
    str,
    _TABLE_NAME,
    Length(
        minimum=1,
        maximum=226,
        source="DynamoDB CreateTable: APPLICATION-TABLE has at most 255",
        shape="dynamodb:CreateTable.TableName",
    ),
]

REPOSITORY_NAME: Final = Pattern(
    regex=r"[a-z0-9]+(-[a-z0-9]+)*",
    words="lower-case letters, digits and single hyphens",
    source="ECR CreateRepository: the service's own repository is APPLICATION/SERVICE",
)
"""What a service's name has to be where a repository has it."""
HASH_LENGTH: Final = 6
"""Hexadecimal digits of a content hash."""


def shortened(name: str, maximum: int) -> str:
    """Return ``name``, or where it has more than ``maximum`` characters, its beginning and six that depend on all."""
    if len(name) <= maximum:
        return name
    return f"{name[: maximum - HASH_LENGTH - 1].rstrip('-')}-{content_hash(name)}"


def content_hash(*content: str) -> str:
    """Return six hexadecimal digits that depend on the content and on nothing else."""
    return hashlib.sha256("\0".join(content).encode()).hexdigest()[:HASH_LENGTH]


def terraform_name(name: str) -> str:
    """Return a name as part of a Terraform address: what is not a letter, a digit or ``_`` becomes ``_``."""
    return re.sub(r"[^A-Za-z0-9_]", "_", name)
