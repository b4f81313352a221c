"""The base of every construct: one AWS capability in one region."""

from __future__ import annotations

from typing import Any

from modules.bindings import Construct


class Capability(Construct):
    """A construct whose resources all go to one provider, and have plain addresses.

    The address of a resource is the ids of the constructs that hold it, joined by underscores, and then its role, as in
    ``aws_iam_role.web_instance``; cdktf would add a hash. Addresses are a contract: changing an id or a role destroys and
    recreates, unless a ``moved`` block goes with it.
    """

    def __init__(self, scope: Construct, id: str, *, provider: Any) -> None:  # noqa: A002  # cdktf's own name for it
        super().__init__(scope, id)
        self.provider = provider
        self.address: str = f"{scope.address}_{id}" if isinstance(scope, Capability) else id
        self._taken: set[tuple[str, str]] = scope._taken if isinstance(scope, Capability) else set()  # noqa: SLF001

    def make(self, kind: Any, role: str | None = None, /, **arguments: Any) -> Any:
        """Make a resource, or read a data source, of the bindings' class ``kind``, with this construct's provider.

        Raises:
            ValueError: another resource of this kind has the address.

        """
        address = self.address if role is None else f"{self.address}_{role}"
        if (kind.__name__, address) in self._taken:
            raise ValueError(f"two resources of {kind.__name__} would have the address {address}")
        self._taken.add((kind.__name__, address))
        child = kind.__name__ if role is None else f"{kind.__name__}-{role}"
        made = kind(self, child, provider=self.provider, **arguments)
        made.override_logical_id(address)
        return made
