"""Resources of a provider of which there are no bindings, by their names in Terraform."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from latitude.bindings import Construct, cdktf

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, kw_only=True)
class PlainKind:
    """Stands in ``Capability.make`` where a class of the bindings would: arguments are Terraform's own, unchecked."""

    type: str
    element: Callable[..., Any]

    @property
    def __name__(self) -> str:
        """What tells kinds of resources apart, as a class's name does."""
        return self.type

    def __call__(self, scope: Construct, id: str, *, provider: Any, **arguments: Any) -> Any:
        """Make the element with those arguments that are not ``None``."""
        made = self.element(scope, id, terraform_resource_type=self.type, provider=provider)
        for name, value in arguments.items():
            if value is not None:
                made.add_override(name, value)
        return made


def resource(type: str) -> PlainKind:
    """Return the kind of resource that Terraform calls ``type``."""
    return PlainKind(type=type, element=cdktf.TerraformResource)


def data(type: str) -> PlainKind:
    """Return the kind of data source that Terraform calls ``type``."""
    return PlainKind(type=type, element=cdktf.TerraformDataSource)
