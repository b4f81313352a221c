"""All the modules for a list of regions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from modules.hcl.composed import NAME, composed
from modules.hcl.folder import Files, files_of
from modules.hcl.global_table import global_table
from modules.hcl.latency_routing import latency_routing
from modules.hcl.regional_service import regional_service
from modules.hcl.registry import registry

if TYPE_CHECKING:
    from collections.abc import Sequence


def emitted(regions: Sequence[str]) -> Files:
    """Return the files of every module, by their paths below the folder that they go to."""
    command = f"latitude emit --regions {','.join(regions)}"
    blueprints = [registry(regions), global_table(regions), regional_service(), latency_routing()]
    modules = {blueprint.name: files_of(blueprint, command) for blueprint in blueprints}
    modules[NAME] = composed(regions, command)
    return {f"{module}/{name}": text for module, files in modules.items() for name, text in sorted(files.items())}
