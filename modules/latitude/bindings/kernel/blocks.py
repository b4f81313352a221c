"""Resources and data sources (cdktf lib/terraform-resource.ts, lib/terraform-data-source.ts)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from latitude.bindings.kernel.elements import Body, Element, Provider
from latitude.bindings.kernel.merge import keys_to_snake_case, merge
from latitude.bindings.kernel.tree import Construct
from latitude.bindings.kernel.unknown import unknown


@dataclass(frozen=True, slots=True)
class Kind:
    """A type of resource or data source."""

    make: "type[Resource | DataSource]"
    type: str
    is_aws: bool = False
    texts: Mapping[str, str] = field(default_factory=dict)
    """Terraform's names of the attributes that are texts, by jsii's."""
    lists: Mapping[str, str] = field(default_factory=dict)
    """The same for attributes that are lists."""


class Block(Element):
    """What a resource and a data source have in common."""

    __slots__ = ("attributes", "depends_on", "kind")
    section: ClassVar[str] = ""
    prefix: ClassVar[str] = ""

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        kind: Kind,
        attributes: Body,
        provider: Provider | None,
        depends_on: "Sequence[Block] | None",
        lifecycle: Body | None,
    ) -> None:
        super().__init__(scope, id)
        self.kind = kind
        self.attributes = attributes
        self.depends_on = depends_on
        if provider is not None:
            attributes["provider"] = provider.fqn()
        if lifecycle is not None:
            attributes["lifecycle"] = keys_to_snake_case(lifecycle)
        for _ in depends_on or ():
            assert self.stack is not None  # noqa: S101  see Element
            self.stack.tokens.skip()  # lib/tfExpression.ts, `dependable`

    def noted_as(self) -> str:
        """Return the type."""
        return self.kind.type

    def address(self) -> str:
        """Return `TYPE.NAME` or `data.TYPE.NAME`."""
        return f"{self.prefix}{self.kind.type}.{self.unique_id}"

    def read(self, name: str) -> Any:
        """Return a token of an attribute that is a text or a list, or a property of every element."""
        if name in self.kind.texts:
            return self.token(f".{self.kind.texts[name]}")
        if name in self.kind.lists:
            return [f"#{self.token(f'.{self.kind.lists[name]}')[1:]}"]
        return super().read(name)

    def add_to(self, document: Body) -> None:
        """Add the block; two of the same address are merged, as cdktf does."""
        name = self.unique_id
        body = self.attributes
        if self.depends_on is not None:
            body = body | {"depends_on": [self._address_of(block) for block in self.depends_on]}
        # An override of metadata is unknown: a data source's replace it, a resource's are added to it.
        body = self.changed(body) | {"//": {"metadata": {"path": self.path, "uniqueId": name}}}
        named = document.setdefault(self.section, {}).setdefault(self.kind.type, {})
        named[name] = merge({}, named[name], body) if name in named else body

    def add_override(self, path: str, value: object) -> None:
        """Put a value at a path, in the end."""
        if path.startswith("//"):
            unknown("an override of metadata")
        super().add_override(path, value)

    def _address_of(self, block: "Block") -> str:
        """Return the address of what this waits for; cdktf makes a token of it when it first writes it."""
        if block.stack is not self.stack:
            unknown("a dependency on another stack's resource")
        block.fqn()
        return block.address()


class Resource(Block):
    """A resource."""

    __slots__ = ()
    section = "resource"


class DataSource(Block):
    """A data source."""

    __slots__ = ()
    section = "data"
    prefix = "data."
