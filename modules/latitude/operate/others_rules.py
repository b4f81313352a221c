"""ECR's rules of others, which a plan that makes a replication configuration would replace without a word."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from latitude.files import write_text
from latitude.operate.stack_record import place_of
from latitude.operate.words import terraform_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from latitude.operate.terraform import Terraform

LOOK: Final = "latitude_look.tf.json"
"""The file that is beside a stack's JSON while it is looked."""
_CONFIGURATION: Final = "aws_ecr_replication_configuration"
_CHANGES: Final = 2


def replaced_rules(terraform: Terraform, shown: Mapping[str, Any]) -> str | None:
    """Return why a plan must not be applied: it makes a configuration where there is one with other rules.

    Terraform has no data source for it. A plan of the same stack that imports it has the rules in it, or fails where
    there are none; it changes nothing. In HCP Terraform it would be a run of its own, and is left out.
    """
    if "cloud" in (place_of(terraform.directory) or {}):
        return None
    for change in shown.get("resource_changes", []):
        if change.get("type") != _CONFIGURATION or change["change"]["actions"] != ["create"]:
            continue
        account = next(_destinations(change["change"]["after"]))["registry_id"]
        found = _imported(terraform, change["address"], account)
        if found is None or found["actions"] == ["no-op"]:
            continue
        line = terraform_line(terraform.directory, "import", change["address"], account)
        rules = "; ".join(_rules(found["before"]))
        return (
            f"the registry of {account} has replication rules already, which this state doesn't know and the plan "
            f"would replace: {rules}. If another program has them, say replication='external' here, and name this "
            "application's prefix there (also_replicates). If this one shall have them, name them here, and "
            f"take them over: `{line}`; the next plan shows what changes."
        )
    return None


def _imported(terraform: Terraform, address: str, account: str) -> Mapping[str, Any] | None:
    """Return what a plan would change of the configuration that is there; ``None`` if there is none."""
    look = terraform.directory / LOOK
    with tempfile.TemporaryDirectory(prefix="latitude-") as folder:
        plan = Path(folder) / "look.tfplan"
        write_text(look, json.dumps({"import": [{"to": address, "id": account}]}))
        try:
            options = ("-lock=false", f"-target={address}", f"-out={plan}")
            ended = terraform.run("plan", "-json", "-detailed-exitcode", *options, allowed=None)
        finally:
            look.unlink(missing_ok=True)
        if ended.returncode not in {0, _CHANGES}:
            return None
        changes = terraform.show(plan).get("resource_changes", [])
    found: Mapping[str, Any] | None = next((each["change"] for each in changes if each["address"] == address), None)
    return found


def _destinations(configured: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for configuration in configured["replication_configuration"]:
        for rule in configuration["rule"]:
            yield from rule["destination"]


def _rules(configured: Mapping[str, Any]) -> Iterator[str]:
    for configuration in configured["replication_configuration"]:
        for rule in configuration["rule"]:
            what = ", ".join(each["filter"] for each in rule["repository_filter"]) or "everything"
            yield f"{what} to {', '.join(each['region'] for each in rule['destination'])}"
