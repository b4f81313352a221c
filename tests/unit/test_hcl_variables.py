"""``variables.tf`` from fields, and rules of more than one field that are written by hand."""

from __future__ import annotations

import pytest

from latitude.hcl.fields import REQUIRED, Field
from latitude.hcl.inputs.module import Module
from latitude.hcl.variables import variables

_MODULE = Module(
    folder="modules/example",
    fields=[Field("name", str, REQUIRED, "The name."), Field("count_of_all", int, 1, "How many.")],
)
_RULES = """variable "name" {
  validation {
    condition     = length(var.name) > var.count_of_all
    error_message = "name: must be longer than that."
  }
}
"""


def test_variables_are_in_their_order_with_rules_in_their_own_blocks() -> None:
    """Attributes are aligned as ``terraform fmt`` aligns them, and a rule stands behind the limits of its variable."""
    assert variables(_MODULE, _RULES) == (
        'variable "name" {\n  description = "The name."\n  type        = string\n  nullable    = false\n\n'
        "  validation {\n    condition     = length(var.name) > var.count_of_all\n"
        '    error_message = "name: must be longer than that."\n  }\n}\n\n'
        'variable "count_of_all" {\n  description = "How many."\n  type        = number\n  default     = 1\n'
        "  nullable    = false\n}\n"
    )


def test_variables_refuse_rules_of_a_variable_that_is_not_there() -> None:
    """A rule whose variable was renamed would be lost in silence."""
    with pytest.raises(ValueError, match="example has no nome, for which it has rules"):
        variables(_MODULE, _RULES.replace('variable "name"', 'variable "nome"'))
