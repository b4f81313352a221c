"""What the application's stacks are called: each is a folder below ``cdktf.out/stacks``, and a Terraform state."""

from __future__ import annotations

from dataclasses import dataclass


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

    def part_of(self, stack: str) -> str | None:
        """Return the part of which ``stack`` is the stack; none for the one of layout ``single``."""
        return None if stack == self.single else stack.removeprefix(f"{self.application}-")
