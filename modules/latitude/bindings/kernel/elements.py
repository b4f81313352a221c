"""What stands in a stack, and how it writes itself: the provider, the backend, outputs and variables."""

import os
from collections.abc import Sequence
from typing import Any, ClassVar

from latitude.bindings.kernel.ids import unique_id
from latitude.bindings.kernel.merge import keys_to_snake_case, merge
from latitude.bindings.kernel.names import PROVIDER_VERSION
from latitude.bindings.kernel.tree import OBJECT_NAMES, Construct
from latitude.bindings.kernel.unknown import unknown

Body = dict[str, Any]


class Overridable(Construct):
    """Something whose JSON can be changed by path."""

    __slots__ = ("overrides",)

    def __init__(self, scope: Construct, id: str) -> None:
        super().__init__(scope, id)
        self.overrides: Body = {}

    def add_override(self, path: str, value: Any) -> None:
        """Put a value at a path, in the end (cdktf lib/terraform-element.ts, `addOverride`)."""
        *parts, last = path.split(".")
        if "TfToken[" in path or parts_are_odd([*parts, last]):
            unknown(f"an override at {path!r}")
        place = self.overrides
        for part in parts:
            if type(place.get(part)) is not dict:
                place[part] = {}
            place = place[part]
        place[last] = value


def parts_are_odd(parts: list[str]) -> bool:
    """Whether JavaScript would order one of the keys before the others, or take it for something else."""
    return any(part.isdecimal() or part in OBJECT_NAMES for part in parts)


class Element(Overridable):
    """Something that Terraform knows (cdktf lib/terraform-element.ts)."""

    __slots__ = ("_fqn", "_logical_id", "_unique_id")

    def __init__(self, scope: Construct, id: str) -> None:
        super().__init__(scope, id)
        if self.stack is None:
            unknown("an element outside of a stack")
        self._logical_id: str | None = None
        self._unique_id: str | None = None
        self._fqn: str | None = None

    @property
    def unique_id(self) -> str:
        """The element's name in Terraform; from when it is first asked for, it stays (`friendlyUniqueId`)."""
        if self._unique_id is None:
            self._unique_id = self._allocated_id() if self._logical_id is None else self._logical_id
        return self._unique_id

    def name_it(self, logical_id: str | None) -> None:
        """Give the element a name of one's own, or none (`overrideLogicalId`, `resetOverrideLogicalId`)."""
        if self._fqn is not None:
            unknown("a name after the address was asked for")
        self._logical_id = logical_id or None  # JavaScript takes an empty text for none

    def fqn(self) -> str:
        """Return the token of the address, which is made once (`fqn`)."""
        if self._fqn is None:
            self._fqn = self.token()
        return self._fqn

    def token(self, attribute: str = "") -> str:
        """Make a token of the address, or of an attribute, with its dot (`Token.asString(ref(…))`)."""
        assert self.stack is not None  # noqa: S101  see __init__
        return self.stack.tokens.text(f"{self.address()}{attribute}", self.stack)

    def address(self) -> str:
        """Return the address in Terraform, where there is one."""
        unknown("the address of what has none")

    def noted_as(self) -> str:
        """Return under what the stack's metadata list the element's overrides, if they do (`toMetadata`)."""
        return ""

    def read(self, name: str) -> Any:
        """Return a property."""
        if name == "friendlyUniqueId":
            return self.unique_id
        return self.fqn() if name == "fqn" else super().read(name)

    def add_to(self, document: Body) -> None:
        """Add the element to its stack's document (`toTerraform`)."""
        raise NotImplementedError

    def changed(self, attributes: Body) -> Body:
        """Return attributes with the element's overrides."""
        return merge({}, attributes, self.overrides) if self.overrides else attributes

    def _allocated_id(self) -> str:
        """Name the element by the ids that lead to it (cdktf lib/terraform-stack.ts, `allocateLogicalId`)."""
        ids: list[str] = []
        place: Construct | None = self
        while place is not None and place is not self.stack:
            ids.insert(0, place.id)
            place = place.scope
        if all(part == "Default" for part in ids):
            unknown("an element without a name")
        return unique_id(ids)


class Provider(Element):
    """The AWS provider (cdktf lib/terraform-provider.ts)."""

    __slots__ = ("attributes",)

    def __init__(self, scope: Construct, id: str, attributes: Body) -> None:
        super().__init__(scope, id)
        self.attributes = keys_to_snake_case(attributes)

    def noted_as(self) -> str:
        """Return the provider's name."""
        return "aws"

    def fqn(self) -> str:
        """Return how a resource names the provider."""
        alias = self.attributes.get("alias")
        return "aws" if alias is None else f"aws.{alias}"

    def add_to(self, document: Body) -> None:
        """Add a provider block, and the requirement."""
        required = {"aws": {"version": PROVIDER_VERSION, "source": "aws"}}
        merge(document, {"terraform": {"required_providers": required}})
        alias = self.attributes.get("alias")
        body = self.changed(self.attributes) | ({} if alias is None else {"alias": alias})
        document.setdefault("provider", {}).setdefault("aws", []).append(body)


class Backend(Element):
    """Where the state is kept (cdktf lib/terraform-backend.ts)."""

    __slots__ = ("attributes",)
    name: ClassVar[str] = ""

    def __init__(self, scope: Construct, properties: Body) -> None:
        super().__init__(scope, "backend")
        self.attributes = keys_to_snake_case(properties)

    def noted_as(self) -> str:
        """Return the word of the metadata for every kind of backend."""
        return "backend"

    def add_to(self, document: Body) -> None:
        """Add the backend's block."""
        merge(document, {"terraform": {"backend": {self.name: self.changed(self.attributes)}}})


class LocalBackend(Backend):
    """A file; unset: beside the program, named by the stack (cdktf lib/backends/local-backend.ts)."""

    __slots__ = ()
    name = "local"

    def __init__(self, scope: Construct, properties: Body) -> None:
        super().__init__(scope, properties)
        if not self.attributes.get("path"):
            assert self.stack is not None  # noqa: S101  see Element
            self.attributes["path"] = os.path.join(self.stack.app.cwd, f"terraform.{self.stack.id}.tfstate")  # noqa: PTH118  a text


class S3Backend(Backend):
    """A bucket (cdktf lib/backends/s3-backend.ts)."""

    __slots__ = ()
    name = "s3"


class Output(Element):
    """An output (cdktf lib/terraform-output.ts, which never writes a precondition)."""

    __slots__ = ("attributes", "depends_on")

    def __init__(self, scope: Construct, id: str, *, attributes: Body, depends_on: Sequence[Element] | None) -> None:
        super().__init__(scope, id)
        self.attributes = attributes
        self.depends_on = depends_on

    def noted_as(self) -> str:
        """Return the word of the metadata for outputs."""
        return "output"

    def add_to(self, document: Body) -> None:
        """Add the output's block."""
        body = self.attributes
        if self.depends_on is not None:
            body = body | {"depends_on": [element.fqn() for element in self.depends_on]}
        merge(document, {"output": {self.unique_id: self.changed(body)}})


class Variable(Element):
    """A variable (cdktf lib/terraform-variable.ts, whose overrides no metadata list)."""

    __slots__ = ("attributes",)

    def __init__(self, scope: Construct, id: str, attributes: Body) -> None:
        super().__init__(scope, id)
        self.attributes = keys_to_snake_case(attributes)

    def address(self) -> str:
        """Return `var.NAME`."""
        return f"var.{self.unique_id}"

    def read(self, name: str) -> Any:
        """Return a property."""
        return self.token() if name == "stringValue" else super().read(name)

    def add_to(self, document: Body) -> None:
        """Add the variable's block."""
        merge(document, {"variable": {self.unique_id: self.changed(self.attributes)}})
