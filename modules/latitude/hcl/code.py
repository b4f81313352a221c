"""Values of a merged tree in Terraform's language."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from latitude.hcl.choices import negated
from latitude.hcl.merge import ABSENT, Given, If, Lookup
from latitude.spec.items import items_in, list_code

if TYPE_CHECKING:
    from collections.abc import Mapping

    from latitude.spec.items import Item

_IDENTIFIER: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")


@dataclass(frozen=True)
class Place:
    """Where code stands: what iterates there, and under which conditions it is."""

    bound: Mapping[Item, tuple[str, str]] = field(default_factory=dict)
    """The code of each item, and of its key."""
    conditions: tuple[str, ...] = ()

    def under(self, condition: str) -> Place:
        """Return the place within a condition."""
        return Place(self.bound, (*self.conditions, condition, *condition.split(" && ")))

    def within(self, item: Item, *, value: str, key: str) -> Place:
        """Return the place within what iterates over an item's collection."""
        return Place({**self.bound, item: (value, key)}, self.conditions)

    def put(self, code: str) -> str:
        """Return the code with what iterates in the place of each item; items of items come after those."""
        for item, (value, key) in self.bound.items():
            code = item.put(code, value=value, key=key)
        return code


@dataclass(frozen=True)
class Many:
    """A resource that is not simply one: by a condition, by an item, or by both."""

    condition: str | None
    item: Item | None


@dataclass
class Coder:
    """Writes values as code, with references to resources that are many made right."""

    many: Mapping[str, Many]
    locals: Mapping[str, str]
    kept: Mapping[str, str] = field(default_factory=dict)
    """Local values that keep an attribute's, by the attribute: it stands in more than one place."""
    tables: dict[str, str] = field(default_factory=dict)
    """The code of values that became local, by name."""

    def value(self, value: Any, place: Place) -> str:  # noqa: PLR0911  # one for each kind of value
        """Return the code of a value."""
        if isinstance(value, If):
            return self._chosen(value, place)
        if isinstance(value, Lookup):
            self.tables[value.table] = self.value(value.values, Place())
            return f"local.{value.table}[{self.code(value.subject, place)}]"
        if value is None or value is ABSENT:
            return "null"
        if isinstance(value, str):
            return self.text(value, place)
        if isinstance(value, list):
            return _listed([self.value(entry, place) for entry in value])
        if isinstance(value, dict):
            return self._map(value, place)
        return json.dumps(value)

    def attribute(self, name: str, value: Any, place: Place) -> str:
        """Return the code of an attribute's value.

        Raises:
            ValueError: a local value keeps it, and it is not the same in every place.

        """
        code = self.value(value, place)
        if name not in self.kept:
            return code
        if self.tables.setdefault(self.kept[name], code) != code:
            raise ValueError(f"{name} is not the same in every place: {code}")
        return f"local.{self.kept[name]}"

    def text(self, text: str, place: Place) -> str:
        """Return the code of a text: what is all one interpolation becomes a plain expression."""
        whole = _whole(text)
        if whole is not None:
            return self.code(whole, place)
        return self.code(quoted(text), place)

    def code(self, code: str, place: Place) -> str:
        """Return code as it is right at the place."""
        code = place.put(code)
        for name, known in self.locals.items():
            template = known[1:-1] if known.startswith('"') else f"${{{known}}}"
            code = code.replace(template, f"${{local.{name}}}").replace(known, f"local.{name}")
            code = re.sub(r'"\$\{([\w.]+)\}"', r"\1", code)
        for address, many in self.many.items():
            code = self._refer(code, address, many, place)
        return re.sub(r'^"\$\{([^{}"]*)\}"$', r"\1", code)

    def _chosen(self, value: If, place: Place) -> str:  # noqa: PLR0911  # one for each way to say it shorter
        then, otherwise = self.value(value.then, place.under(value.condition)), self.value(value.otherwise, place)
        condition = self.code(value.condition, place)
        if (then, otherwise) in {("true", "false"), ("false", "true")}:
            return condition if then == "true" else negated(condition)
        if then == "null" and otherwise.startswith("one("):
            return otherwise
        if f"{then} != {otherwise}" == condition:
            return then
        if f"{then} != null" == condition and otherwise != "null":
            return f"coalesce({then}, {otherwise})"
        if f"{then} != null" == condition:
            return then
        if re.fullmatch(r"![\w.]+", condition) is not None:
            condition, then, otherwise = negated(condition), otherwise, then
        shared = _shared(then, otherwise)
        if shared is not None:
            before, one, other, after = shared
            return f"{before}{condition} ? {one} : {other}{after}"
        return f"{condition} ? {_parenthesized(then)} : {_parenthesized(otherwise)}"

    def _map(self, value: Mapping[str, Any], place: Place) -> str:
        plain: list[str] = []
        parts: list[str] = []
        for key, entry in value.items():
            given = present(entry)
            name = self.text(key, place)
            items = items_in(name)
            if not items:
                label = name[1:-1] if _IDENTIFIER.fullmatch(name[1:-1]) and name.startswith('"') else name
                label = f"({label})" if label == name and not name.startswith('"') else label
                # python-hcl2's formatter fails on a bare conditional within an object.
                plain.append(f"{label} = {_parenthesized(self.value(given, place))}")
                continue
            parts += [_object(plain)] if plain else []
            plain = []
            parts.append(self._entries(items[0], key, given, place))
        parts += [_object(plain)] if plain or not parts else []
        return parts[0] if len(parts) == 1 else f"merge({', '.join(parts)})"

    def _entries(self, item: Item, key: str, value: Any, place: Place) -> str:
        """Return a map with an entry for each item; the collection itself where the entries are its own."""
        name = "name" if item.label != "name" else "key"
        inner = place.within(item, value=item.label, key=name)
        written = self.text(key, inner), self.value(value, inner)
        collection = self.code(item.collection, place)
        if written == (name, item.label):
            return collection
        names = f"{name}, {item.label}" if re.search(rf"\b{name}\b", " ".join(written)) else item.label
        if re.search(rf"\b{item.label}\b", " ".join(written)) is None:
            names = name if item.key == "set" else f"{name}, {item.label}"
        return f"{{ for {names} in {collection} : {written[0]} => {written[1]} }}"

    def _refer(self, code: str, address: str, many: Many, place: Place) -> str:
        pattern = re.compile(rf"(?<![\w.]){re.escape(address)}((?:\.\w+)+)?(?![\w\[])")

        def refer(found: re.Match[str]) -> str:
            rest = found[1] if found[1] is not None else ""
            if rest == "":
                return address
            if many.item is not None:
                value = place.bound.get(many.item)
                key = None if value is None else value[1]
                return f"values({address})[*]{rest}" if key is None else f"{address}[{key}]{rest}"
            if many.condition in place.conditions:
                return f"{address}[0]{rest}"
            return f"one({address}[*]{rest})"

        return pattern.sub(refer, code)


def present(entry: Any) -> Any:
    """Return an entry of a map as it is where it is there at all."""
    if isinstance(entry, If) and (entry.then is ABSENT or entry.otherwise is ABSENT):
        return present(entry.otherwise if entry.then is ABSENT else entry.then)
    return entry.value if isinstance(entry, Given) else entry


def _listed(codes: list[str]) -> str:
    """Return a list; what is already one of all instances of a resource goes in as it is."""
    all_instances = [code for code in codes if code.startswith("values(")]
    if not all_instances:
        return list_code(codes)
    others = [code for code in codes if code not in all_instances]
    parts = [*all_instances, *([list_code(others)] if others else [])]
    return parts[0] if len(parts) == 1 else f"concat({', '.join(parts)})"


def quoted(text: str) -> str:
    """Return a template as a quoted one; its interpolations stay code."""
    pieces = re.split(r"(?<!\$)(\$\{)", text)
    written, rest = _escaped(pieces[0]), "".join(pieces[1:])
    while rest.startswith("${"):
        end = _closing(rest)
        written += rest[: end + 1]
        rest = rest[end + 1 :]
        following = re.search(r"(?<!\$)\$\{", rest)
        literal = rest if following is None else rest[: following.start()]
        written += _escaped(literal)
        rest = rest[len(literal) :]
    return f'"{written}"'


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def _whole(text: str) -> str | None:
    if not text.startswith("${"):
        return None
    return text[2:-1] if _closing(text) == len(text) - 1 else None


def _closing(text: str) -> int:
    """Return where the interpolation that the text begins with ends."""
    depth = 0
    for position, letter in enumerate(text):
        depth += {"{": 1, "}": -1}.get(letter, 0)
        if depth == 0 and letter == "}":
            return position
    raise ValueError(f"an interpolation does not end: {text}")


def _shared(one: str, other: str) -> tuple[str, str, str, str] | None:
    """Split two texts that differ in one number: before it, the one, the other, after it."""
    pieces, others = re.split(r"(\b\d+\b)", one), re.split(r"(\b\d+\b)", other)
    different = [index for index, pair in enumerate(zip(pieces, others, strict=False)) if pair[0] != pair[1]]
    if len(pieces) != len(others) or len(different) != 1 or different[0] % 2 == 0:
        return None
    at = different[0]
    opening, closing = ("${", "}") if one.startswith('"') else ("(", ")")
    return f"{''.join(pieces[:at])}{opening}", pieces[at], others[at], f"{closing}{''.join(pieces[at + 1 :])}"


def _parenthesized(code: str) -> str:
    return f"({code})" if " ? " in code and not code.startswith(("(", "[", "{", '"')) else code


def _object(entries: list[str]) -> str:
    return "\n".join(["{", *entries, "}"]) if entries else "{}"
