"""Texts on their way into Terraform: literal, unless they are cdktf tokens or marked as expressions.

``passed_on`` is the one place where this is done; ``Capability.make`` and the stacks send everything through it. So a
construct hands on what the description says as it is, and marks what it writes in Terraform's own language.
"""

from __future__ import annotations

import copy
import re
from typing import Any, Final

_TOKEN: Final = re.compile(r"(\$\{TfToken\[[^\]]+\]\})")
_REFERENCE: Final = re.compile(r'(\$\{(?:[^"{}]|"[^"]*")*\})')
_IN_QUOTES: Final = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})
_DOLLARS: Final = re.compile(r"\$+\Z")


class Expression(str):
    """A text in Terraform's template language, which is passed on as it is written."""

    __slots__ = ()


def expression(code: str) -> Expression:
    """Return the text that Terraform replaces by the value of ``code``, which is in its own language."""
    return Expression(f"${{{code}}}")


def joined(*parts: str) -> Expression:
    """Return one text of several: those that are no expressions are literal."""
    return Expression("".join(part if isinstance(part, Expression) else literal(part) for part in parts))


def quoted(text: str) -> str:
    """Return the text as a quoted text for an ``expression``; references in it stay references.

    Within ``${…}`` cdktf writes a token without braces, whatever quotes it is in.
    """
    pieces = _TOKEN.split(text) if isinstance(text, Expression) else _TOKEN.split(literal(text))
    return f'"{"".join(_in_quotes(piece, code=isinstance(text, Expression)) for piece in pieces)}"'


def literal(text: str) -> str:
    """Return ``text`` such that Terraform reads it as it stands: ``${`` and ``%{`` begin no template.

    cdktf tokens stay tokens. A dollar sign just before one would make its reference a literal text, and so becomes a
    reference itself.
    """
    if "{" not in text:
        return text
    pieces = _TOKEN.split(text)
    before_token = [*(_TOKEN.fullmatch(piece) is not None for piece in pieces[1:]), False]
    return "".join(
        piece if _TOKEN.fullmatch(piece) else _escaped(piece, before_token=token)
        for piece, token in zip(pieces, before_token, strict=True)
    )


def passed_on(value: Any) -> Any:
    """Return an argument of a resource with every text in it as Terraform has to read it, the keys of maps too.

    What is no text, list, map or struct of the bindings, such as a resource, is returned as it is. Structs are copied.
    """
    if isinstance(value, str):
        return str(value) if isinstance(value, Expression) else literal(value)
    if isinstance(value, dict):
        return {passed_on(key): passed_on(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [passed_on(entry) for entry in value]
    values = getattr(value, "_values", None)
    if isinstance(values, dict) and hasattr(type(value), "__jsii_name_mapping__"):
        struct = copy.copy(value)
        struct._values = passed_on(values)  # noqa: SLF001  where jsii keeps what a struct was given
        return struct
    return value


def _in_quotes(piece: str, *, code: bool) -> str:
    """Escape what would end a quoted text (Terraform language, Strings and Templates), but for references."""
    if _TOKEN.fullmatch(piece):
        return f"${{{piece}}}"
    parts = _REFERENCE.split(piece) if code else [piece]
    return "".join(part if index % 2 else part.translate(_IN_QUOTES) for index, part in enumerate(parts))


def _escaped(text: str, *, before_token: bool) -> str:
    found = _DOLLARS.search(text) if before_token else None
    end = "" if found is None else f'${{"{found[0]}"}}'
    return (text if found is None else text[: found.start()]).replace("${", "$${").replace("%{", "%%{") + end
