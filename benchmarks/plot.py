"""The picture of the results for the README: one group of bars a size, as SVG that follows the reader's theme."""

from html import escape

BARS, ROW, TOP = 560, 24, 34
CHARACTER = 7.2
"""The width of a character of the font, and a little more: a label is never cut off."""
STYLE = """
text { font: 13px system-ui, sans-serif; fill: #1f2328 }
.head { font-weight: 600 }
.bar { fill: #8c959f }
.ours { fill: #0969da }
@media (prefers-color-scheme: dark) { text { fill: #e6edf3 } .bar { fill: #6e7681 } .ours { fill: #4493f8 } }
"""


def svg(groups: dict[tuple[int, int], list[tuple[str, float, bool]]]) -> str:
    """Draw seconds by program; each group has its own scale, and `True` marks a bar of Latitude's."""
    parts: list[str] = []
    top = 0
    label = 8 + round(CHARACTER * max(len(title) for bars in groups.values() for title, _, _ in bars))
    for (regions, services), bars in groups.items():
        services_word = "service" if services == 1 else "services"
        parts.append(f'<text class="head" x="0" y="{top + 20}">{regions} regions, {services} {services_word}</text>')
        longest = max(seconds for _, seconds, _ in bars)
        for row, (title, seconds, ours) in enumerate(bars):
            y = top + TOP + row * ROW
            length = max(1, round((BARS - 80) * seconds / longest))
            kind = "bar ours" if ours else "bar"
            parts += [
                f'<text x="{label - 8}" y="{y + 14}" text-anchor="end">{escape(title.replace("`", ""))}</text>',
                f'<rect class="{kind}" x="{label}" y="{y + 2}" width="{length}" height="{ROW - 8}" rx="2"/>',
                f'<text x="{label + length + 6}" y="{y + 14}">{seconds:.2f} s</text>',
            ]
        top += TOP + len(bars) * ROW + 14
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {label + BARS} {top}" role="img">'
    title = "<title>Seconds of a cold synth, by program</title>"
    return "\n".join([head, title, f"<style>{STYLE}</style>", *parts, "</svg>", ""])
