"""Assertions on synthesized Terraform JSON: by address, and never on whatever happens to match."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class Template:
    """The Terraform JSON of one stack. References stay as they are written: nothing is resolved."""

    name: str
    document: dict[str, Any] = field(repr=False)

    @classmethod
    def read(cls, outdir: Path, stack: str) -> Template:
        """Read what was synthesized for a stack."""
        return cls(name=stack, document=json.loads((outdir / "stacks" / stack / "cdk.tf.json").read_text("utf-8")))

    def get(self, address: str) -> dict[str, Any]:
        """Return the arguments of the resource, or data source, at ``address``.

        Raises:
            AssertionError: nothing has the address; the message lists what has one.

        """
        block, kind, name = _parts(address)
        found: dict[str, Any] | None = self.document.get(block, {}).get(kind, {}).get(name)
        if found is None:
            raise AssertionError(f"{self.name} has no {address}; it has:\n" + "\n".join(self.addresses))
        return found

    def expect(self, address: str, **arguments: Any) -> None:
        """Assert that what is at ``address`` has these arguments, each exactly so, beside others."""
        found = self.get(address)
        wrong = {
            name: (found.get(name), wanted) for name, wanted in arguments.items() if found.get(name, None) != wanted
        }
        if wrong:
            lines = [f"  {name}: is {is_!r}, expected {wanted!r}" for name, (is_, wanted) in wrong.items()]
            shown = json.dumps(found, indent=2, ensure_ascii=False)
            raise AssertionError("\n".join([f"{self.name}: {address} has other arguments:", *lines, shown]))

    def lacks(self, address: str) -> None:
        """Assert that nothing is at ``address``."""
        block, kind, name = _parts(address)
        found = self.document.get(block, {}).get(kind, {}).get(name)
        if found is not None:
            shown = json.dumps(found, indent=2, ensure_ascii=False)
            raise AssertionError(f"{self.name} should not have {address}, and has\n{shown}")

    @property
    def addresses(self) -> list[str]:
        """The addresses of all resources and data sources, sorted."""
        return sorted(address for address, _ in self.items())

    def items(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield each resource and data source: its address and its arguments."""
        for block, prefix in (("resource", ""), ("data", "data.")):
            for kind, named in self.document.get(block, {}).items():
                for name, arguments in named.items():
                    yield f"{prefix}{kind}.{name}", arguments

    @property
    def providers(self) -> list[dict[str, Any]]:
        """The configurations of the AWS provider."""
        found: list[dict[str, Any]] = self.document["provider"]["aws"]
        return found

    @property
    def aws(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield each resource and data source of AWS: its address and its arguments."""
        return (item for item in self.items() if item[0].removeprefix("data.").startswith("aws_"))

    @property
    def text(self) -> str:
        """The whole document, as JSON in one line."""
        return json.dumps(self.document, ensure_ascii=False)


def _parts(address: str) -> tuple[str, str, str]:
    pieces = address.split(".")
    if pieces[0] == "data":
        return "data", pieces[1], pieces[2]
    return "resource", pieces[0], pieces[1]
