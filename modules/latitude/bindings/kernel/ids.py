"""The name that cdktf gives an element in Terraform (cdktf lib/private/unique.js)."""

import hashlib
import re
from collections.abc import Sequence

_NOT_ALLOWED = re.compile(r"[^A-Za-z0-9_-]")
_LONGEST = 255
_LONGEST_READABLE = 240


def unique_id(ids: Sequence[str]) -> str:
    """Return the logical id of an element from the ids that lead to it from its stack (`makeUniqueId`).

    The slices count characters of ASCII only, so that JavaScript's UTF-16 makes no difference.
    """
    shown = [part for part in ids if part != "Default"]
    if len(shown) == 1 and len(found := _NOT_ALLOWED.sub("", shown[0])) <= _LONGEST:
        return found
    digest = hashlib.md5("/".join(shown).encode(errors="replace"), usedforsecurity=False).hexdigest()[:8].upper()
    human: list[str] = []
    for part in shown:
        if not human or not human[-1].endswith(part):
            human.append(part)
    readable = "_".join(_NOT_ALLOWED.sub("", part) for part in human if part != "Resource")
    return f"{readable[:_LONGEST_READABLE]}_{digest}"
