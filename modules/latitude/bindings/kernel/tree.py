"""Constructs: a tree of named things (constructs lib/construct.js)."""

import re
from typing import TYPE_CHECKING, Any

from latitude.bindings.kernel.unknown import unknown

if TYPE_CHECKING:
    from latitude.bindings.kernel.stack import Stack

_SEPARATORS = re.compile(r"[/\n]")
_INTEGER = re.compile(r"0|[1-9][0-9]*")

OBJECT_NAMES = frozenset(
    {
        "__defineGetter__",
        "__defineSetter__",
        "__lookupGetter__",
        "__lookupSetter__",
        "__proto__",
        "constructor",
        "hasOwnProperty",
        "isPrototypeOf",
        "propertyIsEnumerable",
        "toLocaleString",
        "toString",
        "valueOf",
    }
)
"""What every object in JavaScript has already: as an id it is said to be taken."""


class Construct:
    """A construct, and its node."""

    __slots__ = ("children", "id", "node_ref", "path", "ref", "scope", "stack")

    def __init__(self, scope: "Construct | None", id: str) -> None:
        """Add the construct to its scope (lib/construct.js, `Node.constructor` and `addChild`).

        Raises:
            UnknownError: the id is taken, empty, a token, or an integer, which JavaScript orders before others.

        """
        self.id = _SEPARATORS.sub("--", id)
        self.path = self.id
        self.scope = scope
        self.stack: Stack | None = None
        self.children: dict[str, Construct] = {}
        self.ref = ""
        """jsii's reference to the construct."""
        self.node_ref = ""
        """jsii's reference to its node, once somebody has asked for it."""
        if scope is None:
            return
        if self.id in scope.children or not self.id or self.id in OBJECT_NAMES:
            unknown(f"an id that cdktf refuses: {id!r}")
        if "TfToken[" in self.id or _INTEGER.fullmatch(self.id):
            unknown(f"the id {id!r}")
        self.stack = scope.stack
        scope.children[self.id] = self
        if scope.path:
            self.path = f"{scope.path}/{self.id}"

    def read(self, name: str) -> Any:
        """Return a property, by jsii's name; constructs as a tuple.

        Raises:
            UnknownError: it is not known here.

        """
        unknown(f"{name} of {self.ref}")

    def read_node(self, name: str) -> str:
        """Return a property of the construct's node."""
        if name == "id":
            return self.id
        if name == "path":
            return self.path
        return unknown(f"{name} of the node of {self.ref}")
