"""Resources, data sources, checks and outputs of a merged tree, as blocks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from latitude.hcl.choices import negated
from latitude.hcl.code import Coder, Many, Place
from latitude.hcl.merge import Given, If, Lookup
from latitude.hcl.writer import Body, Code
from latitude.spec.items import Item, items_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MAPS: Final = frozenset({"runtime_environment_secrets", "runtime_environment_variables", "tags", "value"})
"""Attributes that are maps: every other map in a resource is a block, or ``terraform validate`` refuses it."""
_META: Final = ("depends_on", "lifecycle", "provider")
_REFERENCES: Final = ("ignore_changes", "depends_on", "provider")


def many_in(tree: Mapping[str, Any], each: Mapping[str, Item]) -> dict[str, Many]:
    """Return the resources that are not simply one, by address; ``each`` has items of those that match a pattern.

    What refers to one of a resource's instances, outside a list, has as many instances itself.
    """
    items = {address: item for address in tree for pattern, item in each.items() if re.search(pattern, address)}
    bodies = {address: made.value if isinstance(made, Given) else made for address, made in tree.items()}
    while True:
        found = {
            address: item
            for address, body in bodies.items()
            if not address.startswith(("output.", "check.")) and address not in items
            for item in [_own_item(body), _referred_item(body, items)]
            if item is not None
        }
        if not found:
            break
        items |= found
    many = {}
    for address, made in tree.items():
        condition, item = made.condition if isinstance(made, Given) else None, items.get(address)
        if not address.startswith(("output.", "check.")) and (condition is not None or item is not None):
            many[address] = Many(None if item is not None and implies(item, condition) else condition, item)
    return many


def _referred_item(body: Mapping[str, Any], items: Mapping[str, Item]) -> Item | None:
    for key, value in body.items():
        for text in _texts(value) if key not in _META else ():
            for address, item in items.items():
                if re.search(rf"(?<![\w.]){re.escape(address)}\.", text) is not None:
                    return item
    return None


def implies(item: Item, condition: str | None, covered: frozenset[tuple[str, str]] = frozenset()) -> bool:
    """Say whether having items is all that a condition asks for; ``covered`` has conditions with such collections."""
    return condition == f"length({item.collection}) > 0" or (condition, item.collection) in covered


class Blocks:
    """Writes the blocks of one tree."""

    def __init__(self, coder: Coder, covered: frozenset[tuple[str, str]] = frozenset()) -> None:
        self.coder, self.covered = coder, covered

    def block(self, address: str, made: Any) -> tuple[str, list[str], Body]:
        """Return a block's type, labels and body."""
        kind, *labels = address.split(".")
        value = made.value if isinstance(made, Given) else made
        place = Place() if not isinstance(made, Given) else Place().under(made.condition)
        body: Body = {}
        if kind in {"output", "check"}:
            if kind == "output" and isinstance(made, Given):
                value = value | {"value": If(made.condition, value["value"], None)}
            return kind, labels, self._body(value, Place())
        many = self.coder.many.get(address)
        if many is not None and many.item is not None:
            place = place.within(
                many.item, value="each.key" if many.item.key == "set" else "each.value", key="each.key"
            )
            each = self.coder.code(_for_each(many.item), Place())
            body["for_each"] = Code(
                each if many.condition is None else f"{many.condition} ? {each} : {_none(many.item)}"
            )
        elif many is not None and many.condition is not None:
            body["count"] = Code(_count(self.coder.code(many.condition, Place())))
        if "provider" in value and value["provider"] != "aws":
            body["provider"] = Code(value["provider"])
        body |= self._body({key: entry for key, entry in value.items() if key not in _META}, place)
        body |= self._meta(value, place)
        return ("data", labels, body) if kind == "data" else ("resource", [kind, *labels], body)

    def _meta(self, value: Mapping[str, Any], place: Place) -> Body:
        body: Body = {}
        depends = _lists(value.get("depends_on"))
        if depends:
            body["depends_on"] = Code(f"[{', '.join(depends)}]")
        if "lifecycle" in value:
            body["lifecycle"] = [self._body(value["lifecycle"], place)]
        return body

    def _body(self, value: Mapping[str, Any], place: Place) -> Body:
        """Return attributes, names first, and then blocks."""
        attributes: Body = {}
        blocks: Body = {}
        for key, entry in sorted(value.items(), key=lambda pair: _rank(pair[0])):
            if key in _REFERENCES:
                attributes[key] = Code(f"[{', '.join(_lists(entry))}]")
            elif _is_block(key, entry):
                found = list(self._nested(key, entry, place))
                for label, body in found:
                    blocks.setdefault(label, []).append(body)
            else:
                attributes[key] = Code(self.coder.attribute(key, _entry_of(entry), place))
        return attributes | blocks

    def _nested(self, label: str, entry: Any, place: Place) -> Iterator[tuple[str, Body]]:
        condition = entry.condition if isinstance(entry, Given) else None
        value = entry.value if isinstance(entry, Given) else entry
        if isinstance(value, list):
            for each in value:
                yield from self._nested(label, each if condition is None else _both(condition, each), place)
            return
        item = _own_item(value, place)
        if item is not None:
            within = place.within(item, value=f"{label}.value", key=f"{label}.key")
            each = self.coder.code(item.collection, place)
            if condition is not None and items_in(place.put(condition)):
                names = f"name, {item.label}"
                wanted = self.coder.code(condition, place.within(item, value=item.label, key="name"))
                each = f"{{ for {names} in {each} : name => {item.label} if {wanted} }}"
            elif condition is not None and not implies(item, condition, self.covered):
                each = f"{self.coder.code(condition, place)} ? {each} : []"
            yield f'dynamic "{label}"', {"for_each": Code(each), "content": [self._body(value, within)]}
        elif condition is not None:
            code = self.coder.code(condition, place)
            given = re.fullmatch(r"((?:var|each|[a-z_]+)\.[\w.]+) != null", code)
            each = f"{code} ? [1] : []" if given is None else f"{given[1]}[*]"
            content = self._body(value, place.under(condition))
            yield f'dynamic "{label}"', {"for_each": Code(each), "content": [content]}
        else:
            yield label, self._body(value, place)


def _lists(value: Any) -> list[str]:
    """Return what any of the lists has: these arguments take no conditions, and what is not there does no harm."""
    if isinstance(value, If):
        return list(dict.fromkeys([*_lists(value.then), *_lists(value.otherwise)]))
    return value if isinstance(value, list) else []


def _entry_of(entry: Any) -> Any:
    """Return a map that is there under a condition as null otherwise; one made from items is then empty."""
    if isinstance(entry, Given) and isinstance(entry.value, dict) and all(map(items_in, entry.value)):
        return entry.value
    return If(entry.condition, entry.value, None) if isinstance(entry, Given) else entry


def _both(condition: str, each: Any) -> Given:
    if isinstance(each, Given):
        return Given(f"{condition} && {each.condition}", each.value)
    return Given(condition, each)


def _is_block(key: str, entry: Any) -> bool:
    value = entry.value if isinstance(entry, Given) else entry
    if isinstance(value, dict):
        return key not in MAPS
    return isinstance(value, list) and any(isinstance(each, dict | Given) for each in value)


def _own_item(body: Mapping[str, Any], place: Place | None = None) -> Item | None:
    """Return the item that a body is made for: one that an attribute mentions outside a list."""
    for key, value in body.items():
        for text in _texts(value) if key not in _META else ():
            for item in items_in(text if place is None else place.put(text)):
                return item
    return None


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, If):
        yield from (*_texts(value.then), *_texts(value.otherwise), value.condition)
    elif isinstance(value, Lookup):
        yield value.subject


def _for_each(item: Item) -> str:
    if item.key in {"", "set"}:
        return item.collection
    return f"{{ for {item.label} in {item.collection} : {item.label}.{item.key} => {item.label} }}"


def _none(item: Item) -> str:
    return "toset([])" if item.key == "set" else "{}"


def _count(condition: str) -> str:
    if re.fullmatch(r"\S+ != null|![\w.]+", condition) is not None:
        return f"{negated(condition)} ? 0 : 1"
    return f"{condition} ? 1 : 0"


def _rank(key: str) -> int:
    names = ("description", "value", "sid", "effect", "name", "service_name", "domain_name", "zone_id", "repository")
    if key == "tags":
        return len(names) + 1
    return names.index(key) if key in names else len(names)
