"""The tables that the demonstration, and ``latitude resolve``, show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rich.table import Table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from latitude.demo.scene import Scene

_DIGITS_SHOWN: Final = 12


def region_table(scene: Scene) -> Table:
    """Return what runs in each region: the service's address, the digest of its image, the table's replica."""
    shown = _table("region", "https://", "image", f"table {scene.table.name}")
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


def answers_table(answers: Mapping[str, Mapping[str, Any]], before: Mapping[str, str]) -> Table:
    """Return where a name leads from each place; what has moved since ``before`` stands out."""
    shown = _table("from", "region", "", "distance")
    for place, answer in answers.items():
        chosen = next((record for record in answer["considered"] if record["chosen"]), None)
        distance = None if chosen is None else chosen["distance_km"]
        moved = place in before and before[place] != answer["region"]
        shown.add_row(
            place.title(),
            f"[yellow]{answer['region']}" if moved else str(answer["region"]),
            f"[dim]was {before[place]}" if moved else "",
            "" if distance is None else f"{distance:,} km",
        )
    return shown


def considered_table(answer: Mapping[str, Any]) -> Table:
    """Return the records between which Route 53 chose, and why."""
    shown = _table("record", "region", "health", "distance", "")
    for record in answer["considered"]:
        distance = record["distance_km"]
        shown.add_row(
            record["set_identifier"] or record["name"],
            record["region"] or "",
            "[green]healthy" if record["healthy"] else f"[red]unhealthy[/]: {record['health']}",
            "" if distance is None else f"{distance:,} km",
            f"[bold]chosen[/]: {record['why']}" if record["chosen"] else record["why"],
        )
    return shown


def _table(*columns: str) -> Table:
    return Table(*columns, box=None, padding=(0, 1), pad_edge=False, header_style="dim")
