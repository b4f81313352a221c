"""Long lines of HCL, broken as a person would break them."""

from __future__ import annotations

from typing import Final

import pytest

from latitude.hcl.lines import WIDTH, balanced, broken

_A: Final = "a" * 55
_B: Final = "b" * 55


@pytest.mark.parametrize(
    ("line", "lines"),
    [
        (f"x = var.given ? {_A} : {_B}", ["x = (", "  var.given", f"  ? {_A}", f"  : {_B}", ")"]),
        (f"x = {_A} && {_B} && c", ["x = (", f"  {_A}", f"  && {_B}", "  && c", ")"]),
        (f"x = length({_A}) <= length({_B})", ["x = (", f"  length({_A})", f"  <= length({_B})", ")"]),
        (
            f"x = var.y == null ? true : can(regex({_A}, {_B}))",
            ["x = var.y == null ? true : can(regex(", f"  {_A},", f"  {_B}", "))"],
        ),
        (f"x = [{_A}, {_B}, c]", ["x = [", f"  {_A},", f"  {_B},", "  c,", "]"]),
        (f"x = alltrue([for y in {_A} : {_B}])", ["x = alltrue([", f"  for y in {_A} :", f"  {_B}", "])"]),
        (f"x = {{ for y in z : y => {_A} if {_B} }}", ["x = {", f"  for y in z : y => {_A}", f"  if {_B}", "}"]),
        (f'x = "{_A} && {_B} ? c : d, (e"', None),
        (f"x = {_A}[{_B}]", None),
    ],
)
def test_broken_line_reads_as_a_person_would_write_it(line: str, lines: list[str] | None) -> None:
    """Conditionals, conditions, lists, loops and calls are broken; a text and an index are not."""
    assert broken(f"{line}\n").splitlines() == ([line] if lines is None else lines)


def test_broken_leaves_short_lines_alone() -> None:
    """A line that fits stays as it is."""
    assert broken("x = a ? b : c\n") == "x = a ? b : c\n"


def test_broken_comment_keeps_its_indent_and_its_words() -> None:
    """A long comment becomes lines of the same indent."""
    words = " ".join(["word"] * 40)
    lines = broken(f"  # {words}\n").splitlines()
    assert all(line.startswith("  # ") and len(line) <= WIDTH for line in lines)
    assert " ".join(line.removeprefix("  # ") for line in lines) == words


@pytest.mark.parametrize(
    ("code", "whole"),
    [
        ("one([for r in x : r])", True),
        ('"${trimsuffix(substr(name, 0, 25), "-")}-${x}"', True),
        ('"a \\" ( b"', True),
        ('"$${not(a)template"', True),
        ("merge(a, {", False),
        ("}, b)", False),
        ('"open', False),
    ],
)
def test_balanced_code_ends_what_it_begins(code: str, whole: bool) -> None:  # noqa: FBT001  # a parameter of the test
    """Brackets in texts don't count, but in templates they do."""
    assert balanced(code) is whole
