"""Rules of more than one field that several modules have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from latitude.hcl.validation import Rule

if TYPE_CHECKING:
    from collections.abc import Sequence


def sids(variable: str) -> Rule:
    """Return the rule that no two statements have the same identifier."""
    given = f"compact(var.{variable}[*].sid)"
    return Rule(
        variable,
        f"length(distinct({given})) == length({given})",
        f'"{variable}: must have sids of their own (IAM policy grammar, Sid)."',
    )


def regional_arns(variable: str, path: str, arns: str, regions: Sequence[str], what: str) -> list[Rule]:
    """Return the rules that ARNs, if given, are given for each region, and each of its own region.

    ``arns`` is code that may fail or be null: nothing is given then.
    """
    names = ", ".join(f'"{region}"' for region in regions)
    missing = f"try(length(setsubtract([{names}], keys({arns}))) == 0, true)"
    return [
        Rule(
            variable,
            missing,
            f'"{path}: must have an entry for each region of the application, {", ".join(regions)} (Latitude)."',
        ),
        Rule(
            variable,
            f"try(length(setsubtract(keys({arns}), [{names}])) == 0, true)",
            f'"{path}: must be a region of the application ({", ".join(regions)}) (Latitude)."',
        ),
        Rule(
            variable,
            f'try(alltrue([for region, arn in {arns} : split(":", arn)[3] == region]), true)',
            f'"{path}: must be {what} in the region that it is given for (App Runner: {what} is regional)."',
        ),
    ]


def key_rules(regions: Sequence[str]) -> list[Rule]:
    """Return the rules that the caller's own keys are given for each region."""
    return regional_arns("encryption", "encryption.arns", "var.encryption.arns", regions, "the KMS key")
