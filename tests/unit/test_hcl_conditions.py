"""Conditions in Terraform's language."""

from __future__ import annotations

import pytest

from latitude.hcl.choices import negated


@pytest.mark.parametrize(
    ("condition", "opposite"),
    [
        ("var.vpc != null", "var.vpc == null"),
        ("var.tracing", "!var.tracing"),
        ("!var.tracing", "var.tracing"),
        ("length(var.tables) > 0", "length(var.tables) == 0"),
        ('local.origin == "api" || local.origin == "file"', 'local.origin != "api" && local.origin != "file"'),
        ("var.a && var.b", "!(var.a && var.b)"),
    ],
)
def test_negated_condition_reads_as_a_person_would_write_it(condition: str, opposite: str) -> None:
    """Comparisons are turned around, and only what is joined gets parentheses."""
    assert negated(condition) == opposite
