"""All the modules for a list of regions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from latitude.hcl.composed import composed
from latitude.hcl.folder import Files, files_of
from latitude.hcl.global_table import global_table, provisioned_table
from latitude.hcl.latency_routing import latency_routing
from latitude.hcl.regional_service import regional_service
from latitude.hcl.registry import registry
from latitude.hcl.writer import formatted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from latitude.hcl.blueprint import Blueprint


def parts(regions: Sequence[str]) -> list[Blueprint]:
    """Return the modules that ``multi-region-service`` calls."""
    tables = [global_table(regions), provisioned_table(regions)]
    return [registry(regions), *tables, regional_service(), latency_routing()]


def emitted(regions: Sequence[str]) -> Files:
    """Return the files of every module, by their paths below the folder that they go to."""
    command = f"latitude emit --regions {','.join(regions)}"
    files = {name: text for blueprint in parts(regions) for name, text in files_of(blueprint, command).items()}
    return dict(sorted(formatted(files | composed(regions, command)).items()))
