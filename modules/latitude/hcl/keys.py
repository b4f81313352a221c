"""Customer-managed keys in a module: none, one made in each region, or the caller's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from latitude.hcl.blueprint import Number, stated
from latitude.hcl.choices import Choice
from latitude.hcl.rules import regional_arns
from latitude.spec import CustomerManagedKey
from latitude.spec.expressions import expression

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from latitude.hcl.validation import Rule

KEY_CHOICE = Choice("key", {"made": "local.makes_keys", "given": "local.uses_keys", "none": "var.encryption == null"})
KEY_LOCALS: Mapping[str, str] = {
    "makes_keys": "try(var.encryption.arns == null, false)",
    "uses_keys": "try(var.encryption.arns != null, false)",
}


def key_in(regions: Sequence[str], way: str) -> Any:
    """Return the spec of the key for a way of ``KEY_CHOICE``."""
    if way == "none":
        return None
    arns = {region: expression(f'var.encryption.arns["{region}"]') for region in regions}
    return stated(
        CustomerManagedKey,
        arns=arns if way == "given" else None,
        deletion_window_days=Number("var.encryption.deletion_window_days"),
    )


def key_rules(regions: Sequence[str]) -> list[Rule]:
    """Return the rules that the caller's own keys are given for each region."""
    return regional_arns("encryption", "encryption.arns", "var.encryption.arns", regions, "the KMS key")
