"""Where it lives: which construct goes into which Terraform state, with which providers and which backend."""

from __future__ import annotations

from typing import TYPE_CHECKING, overload

if TYPE_CHECKING:
    from pathlib import Path

    from latitude.spec import Application


@overload
def synthesize(application: Application, outdir: Path, /) -> list[str]: ...


@overload
def synthesize(
    *applications: Application, outdir: Path | None = None, only: Application | None = None
) -> list[str]: ...


def synthesize(
    *applications: Application | Path, outdir: Path | None = None, only: Application | None = None
) -> list[str]:
    """Write Terraform JSON for the applications of a program, one folder per stack.

    Args:
        applications: the descriptions, each checked when it was made; behind one alone, ``outdir`` may stand too.
        outdir: where to; unset: ``cdktf.out``, or what the ``cdktf`` command asks for.
        only: the one of them that is written; unset: all.

    Returns:
        The stacks' names, in the order in which they are applied.

    Raises:
        InvalidDescriptionError: two of the applications collide; nothing is written.

    """
    from latitude.spec import Application as Description  # noqa: PLC0415  loaded with a description
    from latitude.spec.faults import raise_if_any  # noqa: PLC0415  the same
    from latitude.spec.program import program_faults  # noqa: PLC0415  the same

    described = [each for each in applications if isinstance(each, Description)]
    others = [each for each in applications if not isinstance(each, Description)]
    if not described or len(others) > 1 or (others and (len(described) > 1 or outdir is not None)):
        raise TypeError(f"synthesize: must get one Application or several, then outdir=…, got {applications!r}")
    raise_if_any(program_faults(described))
    # cdktf and Node are loaded only now, so that a wrong description is refused before.
    from latitude.stacks.program import write  # noqa: PLC0415

    return write(described, others[0] if others else outdir, only=only)
