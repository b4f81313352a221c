"""All the modules for a list of regions: a tree that can be published as it is."""

from __future__ import annotations

import json
from importlib.metadata import version
from typing import TYPE_CHECKING

from latitude.hcl.documents import example, reference
from latitude.hcl.inputs.modules import modules
from latitude.hcl.inputs.registry import SETTINGS
from latitude.hcl.inputs.table import TABLE
from latitude.hcl.moved import MOVED, moved
from latitude.hcl.picture import OVERVIEW, overview
from latitude.hcl.templates import regions_of, rendered, rules
from latitude.hcl.tree import MANIFEST
from latitude.hcl.variables import variables
from latitude.spec.instance import MEMORY_BY_CPU

if TYPE_CHECKING:
    from collections.abc import Sequence

    from latitude.hcl.tree import Files


def emitted(regions: Sequence[str]) -> Files:
    """Return the files by their paths below the folder that they go to; the same regions give the same text."""
    names, made = regions_of(regions), modules(regions)
    values = {
        "memory_by_cpu": MEMORY_BY_CPU,
        "registry_fields": [field.name for field in SETTINGS],
        "table_fields": [field.name for field in TABLE],
    }
    files = rendered(names, values, documents=False)
    for module in made:
        files[f"{module.path}variables.tf"] = variables(module, rules(module.path, names))
        moves = moved(MOVED.get(module.name, ()), regions)
        files |= {f"{module.path}moved.tf": moves} if moves else {}
    told = {
        "reference": {module.name: reference(module, files) for module in made},
        "example": {module.name: example(module, files) for module in made},
    }
    files |= rendered(names, values | told, documents=True)
    files[OVERVIEW] = overview(regions)
    manifest = {"latitude": version("latitude"), "regions": list(regions), "files": sorted(files)}
    return dict(sorted((files | {MANIFEST: json.dumps(manifest, indent=2) + "\n"}).items()))
