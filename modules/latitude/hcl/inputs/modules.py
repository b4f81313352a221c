"""All the modules for a list of regions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from latitude.hcl.inputs import composed, registry, routing, service, table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from latitude.hcl.inputs.module import Module


def modules(regions: Sequence[str]) -> list[Module]:
    """Return the root module, which calls the others, and the others."""
    shared = [registry.replication(regions)] if len(regions) > 1 else []
    return [
        composed.composed(),
        registry.registry(),
        *shared,
        table.global_table(),
        service.regional_service(),
        routing.latency_routing(),
    ]
