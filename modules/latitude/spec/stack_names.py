"""What the application's stacks are called: each is a folder below ``cdktf.out/stacks``, and a Terraform state."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_STATE_FILE: Final = ("terraform.", ".tfstate")
_REGION: Final = re.compile(r"[a-z]{2}(?:-gov|-iso[a-z]?)?-[a-z]+-[0-9]+")


@dataclass(frozen=True)
class StackNames:
    """The names of one application's stacks; they begin with ``application``, the application's own name."""

    application: str

    @property
    def single(self) -> str:
        """The one stack of layout ``single``."""
        return self.application

    @property
    def zone(self) -> str:
        """The stack of the hosted zones that the application makes."""
        return self.part("zone")

    @property
    def registry(self) -> str:
        """The stack of the repositories, and of the roles that pull from them."""
        return self.part("registry")

    @property
    def data(self) -> str:
        """The stack of the tables and their replicas."""
        return self.part("data")

    def cell(self, region: str) -> str:
        """Return the stack of a region's services."""
        return self.part(region)

    @property
    def routing(self) -> str:
        """The stack of the latency records, which lead users to the regions."""
        return self.part("routing")

    @property
    def state(self) -> str:
        """The stack of the buckets that keep the state."""
        return self.part("state")

    @property
    def workspaces(self) -> str:
        """The stack of HCP Terraform's workspaces."""
        return self.part("workspaces")

    @property
    def pipeline(self) -> str:
        """The stack of a pipeline's roles."""
        return self.part("pipeline")

    @property
    def apart(self) -> frozenset[str]:
        """The stacks that a deployment leaves alone: they hold what it runs with."""
        return frozenset({self.state, self.workspaces, self.pipeline})

    def part(self, name: str) -> str:
        """Return the stack of a part of the application."""
        return f"{self.application}-{name}"

    def could_have(self, stack: str) -> bool:
        """Say whether the application has, or can have had, a stack of that name."""
        parts = {self.zone, self.registry, self.data, self.routing, *self.apart}
        begins, _, rest = stack.partition(self.part(""))
        return stack == self.single or stack in parts or (begins == "" and _REGION.fullmatch(rest) is not None)

    def part_of(self, stack: str) -> str | None:
        """Return the part of which ``stack`` is the stack; none for the one of layout ``single``."""
        return None if stack == self.single else stack.removeprefix(self.part(""))

    def has(self, stack: str) -> bool:
        """Tell whether a stack is called as one of the application's."""
        return stack == self.single or stack.startswith(self.part(""))


def state_file(stack: str) -> str:
    """Return what the file is called that keeps a stack's state, beside the program."""
    return f"{_STATE_FILE[0]}{stack}{_STATE_FILE[1]}"


def stack_of_state_file(name: str) -> str:
    """Return the stack whose state the file of this name keeps."""
    return name.removeprefix(_STATE_FILE[0]).removesuffix(_STATE_FILE[1])
