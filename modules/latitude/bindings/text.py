"""Texts that Terraform must pass on as they were written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_TOKEN: Final = re.compile(r"(\$\{TfToken\[[^\]]+\]\})")


def literal(text: str) -> str:
    """Return ``text`` such that Terraform reads it as it stands: ``${`` and ``%{`` begin no template.

    cdktf tokens stay tokens.
    """
    pieces = _TOKEN.split(text)
    return "".join(
        piece if _TOKEN.fullmatch(piece) else piece.replace("${", "$${").replace("%{", "%%{") for piece in pieces
    )


def literals(texts: Mapping[str, str]) -> dict[str, str]:
    """Return the mapping with its keys and values as literal texts."""
    return {literal(key): literal(value) for key, value in texts.items()}


def literal_tags(texts: Mapping[str, str]) -> dict[str, str] | None:
    """Return tags as literal texts; none at all where there are none, so that nothing is emitted."""
    return literals(texts) if texts else None
