"""The base of every construct: one AWS capability in one region."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from latitude.bindings import Construct, cdktf
from latitude.bindings.text import passed_on

if TYPE_CHECKING:
    from collections.abc import Mapping

ITSELF: Final = "Default"
"""The id of the child that a construct is for: cdktf, and the address, leave it out."""


class Capability(Construct):
    """A construct whose resources all go to one provider, and have plain addresses.

    The address of a resource is the ids of the constructs that hold it, without ``Default``, joined by underscores, and
    then its role, as in ``aws_iam_role.web_instance``; cdktf would add a hash. Addresses are a contract: changing an
    id or a role destroys and recreates, unless a ``moved`` block goes with it.
    """

    def __init__(self, scope: Construct, id: str, *, provider: Any) -> None:
        super().__init__(scope, id)
        self.provider = provider
        self.address: str = _joined(scope.address, id) if isinstance(scope, Capability) else id
        self._taken: set[tuple[str, str]] = scope._taken if isinstance(scope, Capability) else _taken_in(self)  # noqa: SLF001

    def make(self, kind: Any, role: str | None = None, /, *, provider: Any = None, **arguments: Any) -> Any:
        """Make a resource, or read a data source, of the bindings' class ``kind``, with this construct's provider.

        A ``provider`` of its own is for what is in another account.
        Texts in ``arguments`` are literal, unless they are cdktf tokens or expressions of ``latitude.bindings.text``.

        Raises:
            ValueError: another resource of this kind has the address.

        """
        address = self.address if role is None else _joined(self.address, role)
        if (kind.__name__, address) in self._taken:
            raise ValueError(f"two resources of {kind.__name__} would have the address {address}")
        self._taken.add((kind.__name__, address))
        child = kind.__name__ if role is None else f"{kind.__name__}-{role}"
        made = kind(self, child, provider=self.provider if provider is None else provider, **passed_on(arguments))
        made.override_logical_id(address)
        return made

    def trigger(self, role: str, value: str) -> str:
        """Make a ``terraform_data`` that is updated when ``value`` changes; return what ``replace_triggered_by`` names.

        It is nothing in AWS. What names it is replaced with such an update, and not when it is first made.
        """
        address = _joined(self.address, role)
        stack = cdktf.TerraformStack.of(self)
        stack.add_override(f"resource.terraform_data.{address}", passed_on({"input": value}))
        return f"terraform_data.{address}"

    def leave(self, kind: str, role: str) -> None:
        """Leave in AWS what had this address and no longer is in the description: Terraform forgets it.

        A ``removed`` block with ``lifecycle``: Terraform knows it since 1.7, OpenTofu since 1.10 (its PR 2628).
        """
        stack = cdktf.TerraformStack.of(self)
        left: list[dict[str, Any]] = vars(stack).setdefault("_left", [])
        left.append({"from": f"{kind}.{_joined(self.address, role)}", "lifecycle": {"destroy": False}})
        stack.add_override("removed", list(left))

    def check(self, assertion: Mapping[str, str]) -> None:
        """Make the ``check`` block of this construct's address, which warns at each plan and apply."""
        stack = cdktf.TerraformStack.of(self)
        stack.add_override(f"check.{self.address}", {"assert": [passed_on(dict(assertion))]})


def _taken_in(scope: Construct) -> set[tuple[str, str]]:
    """Return the stack's one set of addresses in use: cdktf would write the second resource over the first."""
    stack = cdktf.TerraformStack.of(scope)
    taken: set[tuple[str, str]] = vars(stack).setdefault("_taken", set())
    return taken


def _joined(address: str, id: str) -> str:
    return address if id == ITSELF else f"{address}_{id}"
