"""The classes of the AWS bindings, read from Python's: Terraform's type, and which attributes are texts."""

import re
from typing import Any, Final

import jsii

from latitude.bindings.kernel.blocks import DataSource, Kind, Resource
from latitude.bindings.kernel.names import LISTS, terraform_name
from latitude.bindings.kernel.shapes import AWS
from latitude.bindings.kernel.unknown import unknown

_TYPE: Final = re.compile(r" (aws_\w+)\}")
"""A class's description begins with a link to the page of its type."""


class Kinds:
    """The classes of the bindings, and what is asked of any class of jsii's; each is read when it is first met."""

    def __init__(self) -> None:
        self._known: dict[str, Kind | None] = {}
        self._interfaces: dict[str, list[str]] = {}

    def get(self, fqn: str) -> Kind | None:
        """Return the resource or data source that jsii calls `fqn`, if it is one."""
        if fqn not in self._known:
            self._known[fqn] = _read(fqn) if fqn.startswith(AWS) else None
        return self._known[fqn]

    def interfaces(self, fqn: str) -> list[str]:
        """Return the interfaces of jsii's own class `fqn`; a user's class may have more."""
        found = self._interfaces.get(fqn)
        if found is None:
            own = getattr(_class(fqn), "__jsii_ifaces__", [])
            found = self._interfaces[fqn] = [interface.__jsii_type__ for interface in own]
        return found


def _class(fqn: str) -> Any:
    return jsii._reference_map._types.get(fqn)  # noqa: SLF001  where jsii keeps its classes by their names


def _read(fqn: str) -> Kind | None:
    cls = _class(fqn)
    bases = {base.__name__ for base in getattr(cls, "__mro__", ())}
    make: type[Resource | DataSource]
    if "TerraformResource" in bases:
        make = Resource
    elif "TerraformDataSource" in bases:
        make = DataSource
    else:
        return None
    found = _TYPE.search(cls.__doc__ or "")
    if found is None:
        unknown(f"the type of {fqn}")
    lists = LISTS.get(fqn.rpartition(".")[2], {})
    return Kind(make, found[1], is_aws=True, texts=dict(_texts(cls)), lists=lists)


def _texts(cls: Any) -> "list[tuple[str, str]]":
    """List the attributes whose getter returns a text: `getStringAttribute`, except for the arguments as given."""
    found = []
    for value in vars(cls).values():
        getter = getattr(value, "fget", None)
        name = getattr(getter, "__jsii_name__", "Input")
        if not name.endswith("Input") and getter.__annotations__.get("return") is str:
            found.append((name, terraform_name(name)))
    return found
