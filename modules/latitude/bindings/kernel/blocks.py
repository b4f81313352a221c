"""Resources and data sources (cdktf lib/terraform-resource.ts, lib/terraform-data-source.ts)."""

from collections.abc import Sequence
from typing import ClassVar

from latitude.bindings.kernel.elements import Body, Element, Provider
from latitude.bindings.kernel.merge import keys_to_snake_case, merge
from latitude.bindings.kernel.tree import Construct
from latitude.bindings.kernel.unknown import unknown


class Block(Element):
    """What a resource and a data source have in common."""

    __slots__ = ("attributes", "depends_on", "is_aws", "type")
    section: ClassVar[str] = ""
    prefix: ClassVar[str] = ""

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        type: str,
        attributes: Body,
        provider: Provider | None,
        depends_on: "Sequence[Block] | None",
        lifecycle: Body | None,
        is_aws: bool,
    ) -> None:
        super().__init__(scope, id)
        self.type = type
        self.attributes = attributes
        self.is_aws = is_aws
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
        return self.type

    def address(self) -> str:
        """Return `TYPE.NAME` or `data.TYPE.NAME`."""
        return f"{self.prefix}{self.type}.{self.unique_id}"

    def attribute(self, name: str) -> str:
        """Return a token of an attribute (`getStringAttribute`)."""
        assert self.stack is not None  # noqa: S101  see Element
        return self.stack.tokens.text(f"{self.address()}.{name}", self.stack)

    def list_attribute(self, name: str) -> list[str]:
        """Return a token of an attribute that is a list (`getListAttribute`)."""
        assert self.stack is not None  # noqa: S101  see Element
        return self.stack.tokens.list(f"{self.address()}.{name}", self.stack)

    def add_to(self, document: Body) -> None:
        """Add the block; two of the same address are merged, as cdktf does."""
        name = self.unique_id
        body = self.attributes
        if self.depends_on is not None:
            body = body | {"depends_on": [self._address_of(block) for block in self.depends_on]}
        # A data source's metadata replace an override of theirs, a resource's are added to it: there is no such override.
        body = self.changed(body) | {"//": {"metadata": {"path": self.path, "uniqueId": name}}}
        named = document.setdefault(self.section, {}).setdefault(self.type, {})
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
