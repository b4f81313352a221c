"""Values in a workflow of GitHub Actions: in YAML, in the expressions that GitHub evaluates first, and in bash."""

from __future__ import annotations

import re
import shlex
from typing import Final

_PLAIN: Final = re.compile(r"[A-Za-z_./][A-Za-z0-9_./=-]*(?: [A-Za-z0-9_./=-]+)*")
# What YAML 1.1 or 1.2 takes for something else than a text.
_NO_TEXTS: Final = re.compile(r"(?i:y|n|yes|no|on|off|true|false|null|[-+.]*[0-9.].*|[-.~=]*|\.inf|\.nan)")
_BEGINNING: Final = "${{"


def in_yaml(text: str) -> str:
    """Return a text as a scalar of YAML on one line: plain where no rule of YAML's could see something else in it."""
    if _PLAIN.fullmatch(text) and not _NO_TEXTS.fullmatch(text):
        return text
    return '"' + "".join(map(_escaped, text)) + '"'


def past_github(text: str) -> str:
    """Return a text such that GitHub evaluates no expression in it, and hands it on as it was."""
    return text.replace(_BEGINNING, f"{_BEGINNING} '{_BEGINNING}' }}}}")


def in_shell(text: str) -> str:
    """Return a text as one word of bash on one line, in which GitHub evaluates nothing.

    Raises:
        ValueError: the text has a NUL, which no word of a shell can have.

    """
    if "\0" in text:
        raise ValueError(f"a shell's word can't have a NUL, got {text!r}")
    if text.isprintable():
        return past_github(shlex.quote(text))
    # $'…' knows every byte (bash manual, ANSI-C quoting).
    return past_github("$'" + "".join(map(_ansi_c, text)) + "'")


def _ansi_c(letter: str) -> str:
    if letter in "\\'":
        return f"\\{letter}"
    return letter if letter.isprintable() else "".join(f"\\x{byte:02x}" for byte in letter.encode())


def _escaped(letter: str) -> str:
    """Return a character within YAML's double quotes (YAML 1.2, 5.7: escaped characters)."""
    number = ord(letter)
    if letter in '"\\':
        return f"\\{letter}"
    if letter.isprintable():
        return letter
    return f"\\x{number:02x}" if number <= 0xFF else f"\\u{number:04x}" if number <= 0xFFFF else f"\\U{number:08x}"  # noqa: PLR2004  the lengths of YAML's escapes
