"""Texts that stand for expressions of Terraform: the same constructs then write an HCL module.

A name is a plain text where an application is synthesized, and an expression such as ``var.name`` where a module is
emitted. What constructs derive from one, they derive here: in Python from a text, in Terraform from an expression, by
the same rule.
"""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING, Final

from latitude.spec import names
from latitude.spec.items import list_code

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

HASH_LENGTH: Final = 6
"""Hexadecimal digits of a content hash."""

# Shaped like cdktf's tokens, so that nothing looks inside; with =, which cdktf's never have, so that it passes them on.
_EXPRESSION: Final = re.compile(r"\$\{TfToken\[=([A-Za-z0-9_-]*)\]\}")


def expression(code: str) -> str:
    """Return a text that stands for an expression in Terraform's language."""
    return f"${{TfToken[={base64.urlsafe_b64encode(code.encode()).decode().rstrip('=')}]}}"


def is_expression(text: str) -> bool:
    """Say whether a text is, or contains, an expression."""
    return _EXPRESSION.search(text) is not None


def restored(text: str, write: Callable[[str], str] = "${{{}}}".format) -> str:
    """Return the text with each expression in it as ``write`` writes it: as an interpolation, unless told otherwise."""

    def code(found: re.Match[str]) -> str:
        padding = "=" * (-len(found[1]) % 4)
        return write(base64.urlsafe_b64decode(found[1] + padding).decode())

    return _EXPRESSION.sub(code, text)


def code_of(text: str) -> str:
    """Return Terraform's code for a text: an expression, or a quoted template."""
    if _EXPRESSION.fullmatch(text):
        return restored(text, str)
    return '"' + restored(text.replace("\\", "\\\\").replace('"', '\\"')) + '"'


def shortened(name: str, maximum: int) -> str:
    """Return ``name``, or where it has more than ``maximum`` characters, its beginning and six that depend on all."""
    if not is_expression(name):
        return names.shortened(name, maximum)
    code = code_of(name)
    beginning = f'trimsuffix(substr({code}, 0, {maximum - HASH_LENGTH - 1}), "-")'
    short = f'"${{{beginning}}}-${{substr(sha256({code}), 0, {HASH_LENGTH})}}"'
    return expression(f"length({code}) <= {maximum} ? {code} : {short}")


def content_hash(content: Sequence[str]) -> str:
    """Return six hexadecimal digits that depend on the texts and on nothing else."""
    if not any(is_expression(text) for text in content):
        return names.content_hash(*content)
    texts = list_code([code_of(text) for text in content])
    return expression(f'substr(sha256(join("\\u0000", {texts})), 0, {HASH_LENGTH})')


def without_prefix(text: str, prefix: str) -> str:
    """Return ``text`` without ``prefix`` at its beginning."""
    if not is_expression(text):
        return text.removeprefix(prefix)
    return expression(f'trimprefix({code_of(text)}, "{prefix}")')


def replaced(text: str, replacements: Mapping[str, str]) -> str:
    """Return ``text`` with each key of ``replacements`` replaced."""
    for old, new in replacements.items():
        if is_expression(text):
            text = expression(f'replace({code_of(text)}, "{old}", {code_of(new)})')
        else:
            text = text.replace(old, new)
    return text


def underscored(name: str) -> str:
    """Return a name with ``_`` for whatever is not a letter, a digit or ``_``."""
    if is_expression(name):
        return expression(f'replace({code_of(name)}, "/[^A-Za-z0-9_]/", "_")')
    return names.terraform_name(name)


def capitalized(name: str) -> str:
    """Return a name's letters and digits, each run of letters with a capital at its beginning."""
    if is_expression(name):
        return expression(f'replace(title({code_of(name)}), "/[^A-Za-z0-9]/", "")')
    return "".join(letter for letter in name.title() if letter.isalnum())
