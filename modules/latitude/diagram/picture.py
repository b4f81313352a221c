"""The picture: users, Route 53, and a column for each region with its services, tables and repositories."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from latitude.diagram import svg
from latitude.diagram.words import service_notes, short, table_note

if TYPE_CHECKING:
    from collections.abc import Iterator

    from latitude.spec import Application

_MARGIN: Final = 40
_COLUMN: Final = 320
_GAP: Final = 90
_INSET: Final = 18
_TOP: Final = 190
_HEAD: Final = 40
_SERVICE: Final = 72
_TABLE: Final = 52
_SPACE: Final = 14


@dataclass(frozen=True, kw_only=True)
class _Row:
    """A part that every region has, and where it is within each column."""

    kind: str
    name: str
    top: int
    height: int


def draw(*applications: Application) -> str:
    """Return the applications' architecture as SVG, one below the other; the same description gives the same bytes."""
    if len(applications) == 1:
        return svg.document(*_picture(applications[0]))
    shapes, top, widest = list[str](), 0, 0
    for application in applications:
        width, height, title, own = _picture(application)
        shapes += [svg.text(_MARGIN, top + 36, application.name, "title"), *svg.lowered(top, title, own)]
        top, widest = top + height, max(widest, width)
    return svg.document(widest, top, "; ".join(_title(each) for each in applications), shapes)


def _title(application: Application) -> str:
    return f"{application.name} in {', '.join(application.regions)}"


def _picture(application: Application) -> tuple[int, int, str, list[str]]:
    """Return one application's width and height, what it is, and its shapes."""
    rows = list(_rows(application))
    bottom = max((row.top + row.height for row in rows), default=_TOP + _HEAD) + _INSET
    count = len(application.regions)
    width = 2 * _MARGIN + count * _COLUMN + (count - 1) * _GAP
    shapes = [*_dns(application, width)]
    for index, region in enumerate(application.regions):
        shapes += _region(application, index, region, rows, bottom)
    shapes += _crossings(count, rows)
    return width, bottom + _MARGIN, _title(application), shapes


def _left(index: int) -> int:
    return _MARGIN + index * (_COLUMN + _GAP)


def _rows(application: Application) -> Iterator[_Row]:
    top = _TOP + _HEAD
    for service in application.services:
        yield _Row(kind="service", name=service.name, top=top, height=_SERVICE)
        top += _SERVICE + _SPACE
    for table in application.tables:
        yield _Row(kind="table", name=table.name, top=top, height=_TABLE)
        top += _TABLE + _SPACE
    for service in application.repository_services:
        name = application.aws_names.repository(service)
        yield _Row(kind="registry", name=name, top=top, height=_TABLE)
        top += _TABLE + _SPACE


def _dns(application: Application, width: int) -> Iterator[str]:
    domains = [service.domain for service in application.services if service.domain is not None]
    middle = width // 2
    yield svg.text(middle, 36, "Users", "title", "middle")
    if not domains:
        return
    names = ", ".join(name for domain in domains for name in domain.names)
    yield svg.line((middle, 46), (middle, 72))
    yield svg.box(middle - 200, 74, 400, 54, "dns")
    yield svg.text(middle, 97, f"Route 53: {short(names)}", "name on", "middle")
    yield svg.text(middle, 116, "lowest latency among the healthy regions", "note on", "middle")
    for index, region in enumerate(application.regions):
        x = _left(index) + _COLUMN // 2
        kind = "faint" if region in application.draining else ""
        yield svg.line((middle, 128), (middle, 152), (x, 152), (x, _TOP - 2), kind=kind)


def _region(application: Application, index: int, region: str, rows: list[_Row], bottom: int) -> Iterator[str]:
    left, home = _left(index), index == 0
    yield svg.box(left, _TOP, _COLUMN, bottom - _TOP, "region")
    state = "draining" if region in application.draining else "home region" if home else ""
    yield svg.text(left + _INSET, _TOP + 26, region, "title")
    yield svg.text(left + _COLUMN - _INSET, _TOP + 26, state, "note", "end")
    services = {service.name: service for service in application.services}
    tables = {table.name: table for table in application.tables}
    for row in rows:
        yield svg.box(left + _INSET, row.top, _COLUMN - 2 * _INSET, row.height, row.kind)
        if row.kind == "service":
            label, notes = f"{services[row.name].runs_on.name}: {row.name}", service_notes(services[row.name], region)
        elif row.kind == "table":
            label, notes = f"DynamoDB: {row.name}", [table_note(tables[row.name], home=home)]
        else:
            label, notes = f"ECR: {row.name}", ["images are pushed here" if home else "images arrive as copies"]
        yield svg.text(left + 2 * _INSET, row.top + 22, short(label), "name")
        for number, note in enumerate(notes):
            yield svg.text(left + 2 * _INSET, row.top + 41 + 17 * number, note, "note")


def _crossings(count: int, rows: list[_Row]) -> Iterator[str]:
    for row in rows:
        if row.kind == "service":
            continue
        y = row.top + row.height // 2
        for index in range(1, count):
            start, end = _left(index - 1) + _COLUMN - _INSET + 3, _left(index) + _INSET - 3
            if row.kind == "table":
                yield svg.line((start, y), (end, y), kind="both")
                yield svg.text((start + end) // 2, y - 7, "replicates", "note", "middle")
            else:
                yield svg.line(*_from_home(index, y, row.top + row.height + _SPACE // 2), (end, y))
                yield svg.text((start + end) // 2, y - 7, "copies", "note", "middle")


def _from_home(index: int, y: int, below: int) -> list[tuple[int, int]]:
    """Return the way from the home region towards another: ECR passes nothing on, so it leads below those between."""
    start = (_left(0) + _COLUMN - _INSET + 3, y)
    if index == 1:
        return [start]
    first, last = (_left(column) + _COLUMN + _GAP // 3 for column in (0, index - 1))
    return [start, (first, y), (first, below), (last, below), (last, y)]
