"""Plans of the real Terraform, and assertions on them by address."""

from __future__ import annotations

import json
import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from latitude.operate.cli_config import usable_environment
from latitude.operate.terraform import Terraform
from latitude.sandbox.server import Sandbox
from latitude.stacks import synthesize
from tests.support import mirror
from tests.support.aws import prepare

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from latitude import Application

PROVIDER: Final = f"registry.terraform.io/{mirror.PROVIDER}"
PROVIDER_VERSION: Final = mirror.PROVIDER_VERSION
_AT_ONCE: Final = 2


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What ``terraform show -json`` tells of a saved plan."""

    name: str
    document: dict[str, Any] = field(repr=False)

    @property
    def changes(self) -> dict[str, dict[str, Any]]:
        """The changes of resources by address, and the reads that wait for the apply."""
        return {change["address"]: change["change"] for change in self.document.get("resource_changes", [])}

    def planned(self, address: str) -> dict[str, Any]:
        """Return the planned values of the resource at ``address``; what is known after apply only is left out.

        Raises:
            AssertionError: nothing is planned there; the message lists what is.

        """
        if address not in self.changes:
            raise AssertionError(f"{self.name} plans no {address}, but:\n" + "\n".join(sorted(self.changes)))
        values: dict[str, Any] = self.changes[address]["after"]
        return values

    def unknown(self, address: str) -> dict[str, Any]:
        """Return which values are known after apply only."""
        self.planned(address)
        values: dict[str, Any] = self.changes[address]["after_unknown"]
        return values

    def read(self, address: str) -> dict[str, Any]:
        """Return the values of the data source at ``address``, read while planning.

        Raises:
            AssertionError: it was not read; the message lists what was.

        """
        resources = self.document.get("prior_state", {}).get("values", {}).get("root_module", {}).get("resources", [])
        found = {resource["address"]: resource["values"] for resource in resources if resource["mode"] == "data"}
        if address not in found:
            raise AssertionError(f"{self.name} did not read {address}, but:\n" + "\n".join(sorted(found)))
        values: dict[str, Any] = found[address]
        return values

    def policy(self, address: str) -> list[dict[str, Any]]:
        """Return the statements of the policy document at ``address``, as it was rendered."""
        statements: list[dict[str, Any]] = json.loads(self.read(address)["json"])["Statement"]
        return statements

    def region(self, address: str) -> str:
        """Return the region of the provider that the resource at ``address`` goes to."""
        resources = self.document["configuration"]["root_module"]["resources"]
        key = next(each["provider_config_key"] for each in resources if each["address"] == address)
        region: str = self.document["configuration"]["provider_config"][key]["expressions"]["region"]["constant_value"]
        return region


def plan_all(application: Application, directory: Path) -> dict[str, dict[str, Any]]:
    """Synthesize the application, and initialize, validate and plan each stack against a sandbox; return the plans.

    Raises:
        TerraformError: one of them failed.

    """
    out = directory / "cdktf.out"
    stacks = synthesize(application, out)
    with Sandbox() as sandbox:
        prepare(application, sandbox)
        environment = terraform_environment(sandbox.environment(), directory)
        folders = {name: Terraform(directory=out / "stacks" / name, environment=environment) for name in stacks}
        for terraform in folders.values():
            # One after the other: a plugin cache is not made for two at a time.
            initialize(terraform)
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            return dict(zip(folders, pool.map(_plan, folders.values()), strict=True))


def _plan(terraform: Terraform) -> dict[str, Any]:
    terraform.validate()
    saved = terraform.directory / "saved.tfplan"
    terraform.plan(out=saved)
    return terraform.show(saved)


def initialize(terraform: Terraform, *arguments: str) -> None:
    """Pin the provider, install it, and take its checksums out of the lock file again.

    With them Terraform reads all of the provider, 700 MB, in each command that starts it: three seconds of a processor.
    """
    pin(terraform.directory)
    terraform.init(*arguments)
    pin(terraform.directory)


def initialize_as(terraform: Terraform, other: Path) -> None:
    """Install the modules alone, and take the provider of a folder that is initialized; no backend is connected to."""
    (terraform.directory / ".terraform").mkdir()
    shutil.copytree(other / ".terraform" / "providers", terraform.directory / ".terraform" / "providers", symlinks=True)
    pin(terraform.directory)
    terraform.run("get", "-no-color")


def pin(folder: Path) -> None:
    """Pin the provider by Terraform's own lock file, where the constraint would allow a newer one."""
    block = f'provider "{PROVIDER}" {{\n  version = "{PROVIDER_VERSION}"\n}}\n'
    (folder / ".terraform.lock.hcl").write_text(block, encoding="utf-8")


def terraform_environment(aws: Mapping[str, str], directory: Path) -> dict[str, str]:
    """Return the environment in which Terraform finds this AWS, its providers, and no other credentials."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    environment = usable_environment({**inherited, **aws}, directory)
    if "TF_CLI_CONFIG_FILE" not in environment and "TF_PLUGIN_CACHE_DIR" not in environment:
        # From the public registry the provider comes once, not once a stack.
        cache = directory.parent / "terraform-plugins"
        cache.mkdir(exist_ok=True)
        environment["TF_PLUGIN_CACHE_DIR"] = str(cache)
        environment["TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE"] = "1"
    return environment
