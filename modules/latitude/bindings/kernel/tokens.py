"""Tokens: texts that stand for an attribute until the document is written (cdktf lib/tokens)."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from latitude.bindings.kernel.unknown import unknown

if TYPE_CHECKING:
    from latitude.bindings.kernel.stack import Stack

_KEY = r"\{TfToken\[([A-Za-z0-9:._-]+)\]\}"
_TEXT = re.compile(rf"\${_KEY}")
_LIST = re.compile(rf"#{_KEY}")
_LIST_OR_MAP = re.compile(rf"[#&]{_KEY}")
_PART = re.compile(rf"\${_KEY}|\$\{{(?!TfToken\[)|\}}")


class Tokens:
    """The tokens of a program, numbered as they are made (lib/tokens/private/token-map.js)."""

    def __init__(self) -> None:
        self._made = 0
        self._references: dict[str, tuple[str, Stack]] = {}

    def text(self, reference: str, stack: "Stack") -> str:
        """Make the token of a reference, without the braces, to something in a stack (`Token.asString(ref(…))`)."""
        key = f"TOKEN.{self._made}"
        self._made += 1
        self._references[key] = (reference, stack)
        return f"${{TfToken[{key}]}}"

    def skip(self) -> None:
        """Count a token that no program sees."""
        self._made += 1

    def resolver(self, stack: "Stack | None") -> Callable[[str], str]:
        """Return what resolves the tokens in a text of a stack's document; without a stack, references may cross.

        Half a token is text, as it is for cdktf (lib/tokens/private/encoding.js).
        """

        def reference(key: str) -> str:
            found = self._references.get(key)
            if found is None:
                unknown(f"the token {key}")
            if stack is not None and found[1] is not stack:
                unknown("a reference to another stack")
            return found[0]

        def resolve(text: str) -> str:
            """Put references in the place of tokens (lib/tokens/string-fragments.js, `mapTokens`).

            A token within `${…}` gets no braces of its own.
            """
            if found := _TEXT.fullmatch(text) or _LIST.fullmatch(text):
                return f"${{{reference(found[1])}}}"
            if _LIST_OR_MAP.search(text):
                unknown(f"the token of a list or a map in {text!r}")
            inside = False

            def part(found: re.Match[str]) -> str:
                nonlocal inside
                if found[1] is not None:
                    return reference(found[1]) if inside else f"${{{reference(found[1])}}}"
                inside = found[0] != "}"
                return found[0]

            return _PART.sub(part, text)

        return resolve
