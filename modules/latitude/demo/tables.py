"""The tables that the demonstration alone shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from latitude.trial.answers import plain_table

if TYPE_CHECKING:
    from rich.table import Table

    from latitude.demo.scene import Scene

_DIGITS_SHOWN: Final = 12


def region_table(scene: Scene) -> Table:
    """Return what runs in each region: the service's address, the digest of its image, the table's replica."""
    shown = plain_table("region", "https://", "image", f"table {scene.table.name}")
    for (region, _), service in scene.services().items():
        image = service["SourceConfiguration"]["ImageRepository"]["ImageIdentifier"]
        shown.add_row(
            region,
            service["ServiceUrl"],
            image.partition("@sha256:")[2][:_DIGITS_SHOWN],
            _replica_status(scene, region),
        )
    return shown


def _replica_status(scene: Scene, region: str) -> str:
    name = scene.application.aws_names.table(scene.table)
    status: str = scene.aws.clients("dynamodb", region).describe_table(TableName=name)["Table"]["TableStatus"]
    return status
