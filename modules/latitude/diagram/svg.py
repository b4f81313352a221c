"""The few shapes of SVG that the picture is made of."""

from __future__ import annotations

from html import escape
from typing import Final

STYLE: Final = """\
text { font-family: "DejaVu Sans", Verdana, Helvetica, Arial, sans-serif; fill: #1b2733 }
.title { font-size: 15px; font-weight: bold } .name { font-size: 13px; font-weight: bold }
.note { font-size: 11px; fill: #4c5b6a } .on { fill: #ffffff }
.region { fill: #f4f7fa; stroke: #8fa3b5; stroke-width: 1.5; stroke-dasharray: 7 4 }
.dns { fill: #7d4cc9 } .service { fill: #fff1e2; stroke: #d9730d } .table { fill: #e6eefb; stroke: #2e63c4 }
.registry { fill: #fdebe7; stroke: #c8472b }
.line { fill: none; stroke: #4c5b6a; stroke-width: 1.8; marker-end: url(#arrow) }
.both { marker-start: url(#arrow) } .faint { stroke: #a9b4bf; stroke-dasharray: 5 5; marker-end: none }"""
_ARROW: Final = (
    '<marker id="arrow" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" '
    'orient="auto-start-reverse"><path d="M0 0L10 5L0 10z" fill="#4c5b6a"/></marker>'
)


def box(x: int, y: int, width: int, height: int, kind: str) -> str:
    """Return a rounded box of a kind that the style knows, in pixels."""
    return f'<rect class="{kind}" x="{x}" y="{y}" width="{width}" height="{height}" rx="8"/>'


def text(x: int, y: int, content: str, kind: str, anchor: str = "start") -> str:
    """Return a line of text with its base line at ``y``."""
    return f'<text class="{kind}" x="{x}" y="{y}" text-anchor="{anchor}">{escape(content)}</text>'


def line(*points: tuple[int, int], kind: str = "") -> str:
    """Return a line with an arrow at its end; ``kind`` is ``both``, ``faint`` or nothing."""
    path = "L".join(f"{x} {y}" for x, y in points)
    return f'<path class="{f"line {kind}".strip()}" d="M{path}"/>'


def lowered(by: int, title: str, shapes: list[str]) -> list[str]:
    """Return shapes as a group of their own, lower by some pixels."""
    return [f'<g transform="translate(0 {by})"><title>{escape(title)}</title>', *shapes, "</g>"]


def document(width: int, height: int, title: str, shapes: list[str]) -> str:
    """Return the whole picture."""
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="img"><title>{escape(title)}</title>'
    )
    ground = f'<rect width="{width}" height="{height}" fill="#ffffff"/>'
    return "\n".join([head, f"<style>{STYLE}</style>", f"<defs>{_ARROW}</defs>", ground, *shapes, "</svg>", ""])
