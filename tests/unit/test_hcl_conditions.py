"""What the parity test takes for a branch of a module, and how a plan tells which way it went."""

from __future__ import annotations

from tests.support.parity.conditions import conditions

_TEXT = """locals {
  # A question? In a comment, and "another?" in a text.
  kept = { for key, item in var.items : key => item.size if item.size != null }
}

resource "aws_kms_key" "us_east_1_key" {
  count = local.makes_key ? 1 : 0

  name = var.name == null ? null : (var.long ? "${var.name}?" : var.name)
}

resource "aws_iam_policy_document" "this" {
  dynamic "statement" {
    for_each = var.tables

    content {
      resources = statement.value.has_indexes ? [1] : []
    }
  }

  lifecycle {
    postcondition {
      condition = length(self.records) == (var.www ? 3 : 2)
    }
  }
}

module "service" {
  for_each = var.services

  key = each.value.key == null ? null : each.value.key
}
"""


def _found() -> dict[str, str]:
    return {each.name.removeprefix("main.tf: "): each.code for each in conditions("main.tf", _TEXT, ("us-east-1",))}


def test_condition_keeps_what_it_stands_in() -> None:
    """A conditional within another, in a loop, in a block that is made or not: it counts where it is looked at."""
    found = _found()
    key = 'resource "aws_kms_key" "HOME_key": '
    assert found[f"{key}count = local.makes_key ? 1 : 0 (local.makes_key?)"] == "[local.makes_key]"
    assert found[
        'module "service": key = each.value.key == null ? null : each.value.key (each.value.key == null?)'
    ] == ("flatten([for each_key, each_value in var.services : [each_value.key == null]])")
    stated = "resources = statement.value.has_indexes ? [1] : [] (statement.value.has_indexes?)"
    assert found[f'resource "aws_iam_policy_document" "this": {stated}'] == (
        "flatten([for statement_key, statement_value in var.tables : [statement_value.has_indexes]])"
    )
    inner = [code for name, code in found.items() if name.startswith(f"{key}name = ") and "(var.long?)" in name]
    assert inner == ["((local.makes_key ? 1 : 0) > 0 ? ((var.name == null) ? [] : [var.long]) : [])"]


def test_condition_of_a_loop_and_of_a_collection_are_branches() -> None:
    """A ``for`` that drops entries, and a ``for_each`` that has none, are ways that a case must take."""
    found = _found()
    loop = "locals: kept = { for key, item in var.items : key => item.size if item.size != null }"
    assert found[loop] == "flatten([for key, item in var.items : [item.size != null]])"
    assert found['module "service": for_each = var.services'] == "[length(var.services) > 0]"
    assert found['resource "aws_iam_policy_document" "this": for_each = var.tables'] == "[length(var.tables) > 0]"


def test_condition_on_what_is_known_afterwards_is_none() -> None:
    """A postcondition's own is left out, and so are question marks in texts and comments."""
    names = "\n".join(_found())
    assert "question" not in names
    assert not any("self." in code for code in _found().values())
