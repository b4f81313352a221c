"""Rules of others in a registry: what is said of them, and when nobody looks; tests/terraform has the real look."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any, Final

import pytest

from latitude.operate.others_rules import LOOK, replaced_rules
from latitude.operate.terraform import Terraform

if TYPE_CHECKING:
    from pathlib import Path

ADDRESS: Final = "aws_ecr_replication_configuration.images"


def configured(*rules: tuple[list[str], str]) -> dict[str, Any]:
    """Return a configuration as Terraform shows it."""
    return {
        "replication_configuration": [
            {
                "rule": [
                    {
                        "destination": [{"region": region, "registry_id": "123456789012"}],
                        "repository_filter": [{"filter": each, "filter_type": "PREFIX_MATCH"} for each in filters],
                    }
                    for filters, region in rules
                ]
            }
        ]
    }


def planned(*actions: str, before: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return a plan that does something to the configuration."""
    after = configured((["orders/"], "us-west-2"))
    change = {"actions": list(actions), "before": before, "after": after}
    return {"resource_changes": [{"type": ADDRESS.partition(".")[0], "address": ADDRESS, "change": change}]}


@pytest.fixture
def terraform(tmp_path: Path) -> Terraform:
    """Return a stand-in whose plan ends with ``status``, shows ``shown.json``, and keeps what it was to import."""
    (tmp_path / "terraform").write_text(
        f'#!/bin/sh\ncase "$1" in\nplan) cp {LOOK} looked.json; exit $(cat status) ;;\nshow) cat shown.json ;;\nesac\n'
    )
    (tmp_path / "terraform").chmod(0o755)
    (tmp_path / "status").write_text("2")
    environment = {**os.environ, "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}", "TERRAFORM_BINARY_NAME": ""}
    return Terraform(directory=tmp_path, environment=environment)


def test_rules_of_others_are_named_with_the_ways_on(terraform: Terraform) -> None:
    """A rule without a filter copies everything."""
    before = configured((["billing/", "search/"], "eu-west-1"), ([], "us-west-2"))
    (terraform.directory / "shown.json").write_text(json.dumps(planned("update", before=before)))
    said = replaced_rules(terraform, planned("create"))
    assert said is not None
    assert "replace: billing/, search/ to eu-west-1; everything to us-west-2. If another program has them" in said
    assert f"import {ADDRESS} 123456789012`" in said
    looked = json.loads((terraform.directory / "looked.json").read_text())
    assert looked == {"import": [{"to": ADDRESS, "id": "123456789012"}]}
    assert not (terraform.directory / LOOK).exists()


@pytest.mark.parametrize(
    ("shown", "status", "plan"),
    [
        (planned("no-op"), "0", planned("create")),
        ({}, "1", planned("create")),
        (planned("update"), "2", planned("update")),
        (planned("update"), "2", {}),
    ],
    ids=["the same rules", "no rules", "known to the state", "no configuration"],
)
def test_nothing_is_said_where_nothing_is_lost(
    terraform: Terraform, shown: dict[str, Any], status: str, plan: dict[str, Any]
) -> None:
    """The plan goes its way."""
    (terraform.directory / "shown.json").write_text(json.dumps(shown))
    (terraform.directory / "status").write_text(status)
    assert replaced_rules(terraform, plan) is None
    assert not (terraform.directory / LOOK).exists()


def test_hcp_terraform_is_not_asked(terraform: Terraform) -> None:
    """There the look would be a run of its own."""
    settings = {"terraform": {"cloud": {"organization": "acme", "workspaces": {"name": "orders-registry"}}}}
    (terraform.directory / "cdk.tf.json").write_text(json.dumps(settings))
    assert replaced_rules(terraform, planned("create")) is None
    assert not (terraform.directory / "looked.json").exists()
