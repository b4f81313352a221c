"""What App Runner makes up: ids, and labels of domain names."""

from __future__ import annotations

import secrets
import string
from uuid import uuid4

_LABEL_LENGTH = 10


def new_id() -> str:
    """Return 32 hexadecimal digits, as App Runner's ids are."""
    return uuid4().hex


def new_uuid() -> str:
    """Return the id of an operation."""
    return str(uuid4())


def new_hostname(region: str) -> str:
    """Return a domain name under awsapprunner.com in a region."""
    letters = string.ascii_lowercase + string.digits
    label = "".join(secrets.choice(letters) for _ in range(_LABEL_LENGTH))
    return f"{label}.{region}.awsapprunner.com"
