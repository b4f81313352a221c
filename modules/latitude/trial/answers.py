"""Tables of what Route 53 answers, as the demonstration and ``latitude resolve`` show them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.table import Table

if TYPE_CHECKING:
    from collections.abc import Mapping


def answers_table(answers: Mapping[str, Mapping[str, Any]], before: Mapping[str, str]) -> Table:
    """Return where a name leads from each place; what has moved since ``before`` stands out."""
    shown = plain_table("from", "region", "", "distance")
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
    shown = plain_table("record", "region", "health", "distance", "")
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


def plain_table(*columns: str) -> Table:
    """Return a table without lines."""
    return Table(*columns, box=None, padding=(0, 1), pad_edge=False, header_style="dim")
