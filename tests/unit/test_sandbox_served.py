"""The embedded AWS serves what is emitted, and nothing that nothing needs."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import latitude
from latitude.sandbox.door.served import SERVED

_PACKAGE: Final = Path(latitude.__file__).parent
_MODULE: Final = re.compile(r"\baws\.(?:data_aws_)?([a-z0-9_]+)\.|\baws\.(?:data_aws_)?([a-z0-9_]+)\b(?!\.)")
# Terraform answers these without asking AWS, or they are no resources.
_ASKS_NOBODY: Final = {"provider", "iam_policy_document", "ecr_lifecycle_policy_document", "workload"}


def _emitted() -> set[str]:
    sources = [path for room in ("constructs", "stacks") for path in (_PACKAGE / room).rglob("*.py")]
    found = {first or second for path in sources for first, second in _MODULE.findall(path.read_text("utf-8"))}
    return {f"aws_{name}" for name in found - _ASKS_NOBODY}


def test_each_emitted_resource_has_a_service_that_is_served() -> None:
    """A resource of another service is missing from the one list until somebody puts it there."""
    stated = tuple(start for services in SERVED.values() for service in services for start in service.resources)
    emitted = _emitted()
    assert len(emitted) > 30
    assert sorted(name for name in emitted if not name.startswith(stated)) == []


def test_each_service_that_is_served_is_needed() -> None:
    """Each entry's resource types are emitted, or it says in parentheses what needs it."""
    emitted = _emitted()
    idle = [
        (service.model, start)
        for services in SERVED.values()
        for service in services
        for start in service.resources
        if not start.startswith("(") and not any(name.startswith(start) for name in emitted)
    ]
    assert idle == []
