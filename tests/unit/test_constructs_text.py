"""Texts reach AWS as they were written."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from latitude.bindings import aws, cdktf
from latitude.bindings.text import Expression, expression, joined, literal, passed_on, quoted

_TEXTS = st.text(alphabet=st.sampled_from('${}%ab"\\\n \N{ROCKET}'), max_size=30)
_TOKEN = "${TfToken[TOKEN.7]}"  # noqa: S105  a token of cdktf


def _as_terraform_reads(template: str) -> str:
    """Return a template's value by Terraform's rules: ``$${`` and ``%%{`` stand for ``${`` and ``%{``."""
    assert re.search(r"(?<!\$)\$\{|(?<!%)%\{", template) is None, f"a template begins in {template!r}"
    return template.replace("$${", "${").replace("%%{", "%{")


@given(_TEXTS)
def test_literal_begins_no_template_and_means_what_was_written(text: str) -> None:
    """Whatever stands in a text, Terraform reads no template in it, and gets the text back."""
    assert _as_terraform_reads(literal(text)) == text


def test_literal_leaves_a_token_of_cdktf_alone() -> None:
    """A token still becomes its reference, whatever stands beside it."""
    assert literal(f"${{x}}{_TOKEN}%{{y}}") == f"$${{x}}{_TOKEN}%%{{y}}"


def test_literal_keeps_a_dollar_before_a_token_apart_from_it() -> None:
    """``$`` and ``${`` would be ``$${`` together, which is a literal text and no reference."""
    assert literal(f"costs $${_TOKEN} or ${_TOKEN}$") == f'costs ${{"$$"}}{_TOKEN} or ${{"$"}}{_TOKEN}$'


def test_passed_on_makes_every_text_literal_and_leaves_expressions_alone() -> None:
    """Values and keys of maps and entries of lists are literal, an expression is what its construct wrote."""
    value = {"${a}": ["%{b}", {"c": expression("self.id")}, 5, None, True]}
    assert passed_on(value) == {"$${a}": ["%%{b}", {"c": "${self.id}"}, 5, None, True]}
    assert type(passed_on(expression("self.id"))) is str


def test_passed_on_copies_structs_of_the_bindings() -> None:
    """A struct that is handed on twice is literal once, at every depth."""
    inner = cdktf.Postcondition(condition=expression("true"), error_message="${x}")
    lifecycle: Any = cdktf.TerraformResourceLifecycle(postcondition=[inner])
    attribute = aws.dynamodb_table.DynamodbTableAttribute(name="${x}", type="S")
    for _ in range(2):
        assert passed_on(lifecycle).postcondition[0].error_message == "$${x}"
        assert passed_on(lifecycle).postcondition[0].condition == "${true}"
        assert passed_on(attribute).name == "$${x}"
    assert attribute.name == "${x}"


def test_joined_is_literal_but_for_its_expressions() -> None:
    """A text that shows a value of Terraform's is one text, in which only that value is replaced."""
    text = joined("${x} is ", expression("self.status"), ".")
    assert text == "$${x} is ${self.status}."
    assert isinstance(text, Expression)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("web", '"web"'),
        ('a "b" \\ c\nd', '"a \\"b\\" \\\\ c\\nd"'),
        ("${x} 100%{y}", '"$${x} 100%%{y}"'),
        ("at ${TfToken[TOKEN.1]}", '"at ${${TfToken[TOKEN.1]}}"'),
        (joined('say "', expression('x["a"].b'), '"'), '"say \\"${x["a"].b}\\""'),
    ],
)
def test_quoted_text_is_the_text_in_an_expression(text: str, written: str) -> None:
    """What would end the quotes is escaped; references, and what is in quotes within them, are left as they are."""
    assert quoted(text) == written
