"""What Terraform planned for a stack."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from latitude.operate.events import Changes


@dataclass(frozen=True, kw_only=True)
class Planned:
    """A stack's plan: ``changes`` is ``None`` where Terraform could not plan, and ``why`` says why.

    ``left_out`` says that the stack stays as it is in this run, for nothing before it will make a plan possible.
    """

    stack: str
    changes: Changes | None
    needed: bool = False
    why: str = ""
    left_out: bool = False
