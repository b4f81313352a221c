"""Texts reach AWS as they were written."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from latitude.bindings.text import literal, literal_tags, literals

_TEXTS = st.text(alphabet=st.sampled_from('${}%ab"\\\n \N{ROCKET}'), max_size=30)


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
    assert literal("${x}${TfToken[TOKEN.7]}%{y}") == "$${x}${TfToken[TOKEN.7]}%%{y}"


def test_literals_escape_keys_too() -> None:
    """A name with a template in it is a name."""
    assert literals({"${a}": "%{b}"}) == {"$${a}": "%%{b}"}


def test_tags_of_nothing_are_nothing() -> None:
    """Without tags no empty argument is emitted."""
    assert literal_tags({}) is None
    assert literal_tags({"Team": "a"}) == {"Team": "a"}
