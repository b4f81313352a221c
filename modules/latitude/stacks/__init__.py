"""Where it lives: which construct goes into which Terraform state, with which providers and which backend."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from latitude.spec import Application


def synthesize(application: Application, outdir: Path | None = None) -> list[str]:
    """Write Terraform JSON for the application, one folder per stack.

    Args:
        application: the description; it was checked when it was made.
        outdir: where to; unset: ``cdktf.out``, or what the ``cdktf`` command asks for.

    Returns:
        The stacks' names, in the order in which they are applied.

    """
    # cdktf and Node are loaded only now, so that a wrong description is refused before.
    from latitude.stacks.program import write  # noqa: PLC0415

    return write(application, outdir)
