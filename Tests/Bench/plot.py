"""The ratios as a picture: one row each, the median as a dot, least to most as a line, on a logarithmic axis."""

import math
from xml.sax.saxutils import escape

from report import TIMES, figure

WIDTH, LEFT, RIGHT, ROW, TOP = 880, 262, 716, 24, 84
# With a ground of its own, so that it can be read on any page; the colours follow what the reader prefers.
STYLE = """
text { font: 14px -apple-system, "Segoe UI", "DejaVu Sans", Helvetica, Arial, sans-serif; fill: #1f2328 }
.title { font-weight: 600 } .small { font-size: 12.5px; fill: #59636e }
.ground { fill: #ffffff; stroke: #d1d9e0 } .grid { stroke: #d1d9e0; stroke-width: 1 }
.bare { stroke: none } .one { stroke: #818b98; stroke-width: 1.5 } .span { stroke-width: 3; stroke-linecap: round }
line.other { stroke: #818b98 } circle.other { fill: #59636e }
line.remit { stroke: #54aeff } circle.remit { fill: #0969da } text.remit { font-weight: 600 }
.goal { stroke: #1a7f37; stroke-width: 3 }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3 } .small { fill: #9198a1 } .ground { fill: #0d1117; stroke: #3d444d } .bare { stroke: none }
  .grid { stroke: #2a313c }
  .one { stroke: #9198a1 } line.other { stroke: #656c76 } circle.other { fill: #b1bac4 }
  line.remit { stroke: #1f6feb } circle.remit { fill: #79c0ff } .goal { stroke: #3fb950 }
}
"""


def svg(panels, caption):
    """`panels`: rows by title; a row is a name, its ratios, and a goal or None."""
    rows = [row for panel in panels.values() for row in panel]
    low = min([span.minimum for _, span, _ in rows] + [goal for *_, goal in rows if goal] + [1])
    high = max([span.maximum for _, span, _ in rows] + [1])
    first, last = math.log10(low) - 0.08, math.log10(high) + 0.08

    def across(value):
        return round(LEFT + (math.log10(value) - first) / (last - first) * (RIGHT - LEFT), 1)

    height = TOP + sum(ROW * len(panel) + 42 for panel in panels.values()) + 34
    bottom = height - 40
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}" '
        f'role="img" aria-label="{escape(caption)}">', f"<style>{STYLE}</style>",
        f'<rect class="ground" x="0.5" y="0.5" width="{WIDTH - 1}" height="{height - 1}" rx="6"/>',
        _text(16, 28, caption, "title"), *_legend(),
    ]
    for value in _ticks(low, high):
        x = across(value)
        kind = "one" if value == 1 else "grid"
        parts.append(f'<line class="{kind}" x1="{x}" y1="{TOP - 8}" x2="{x}" y2="{bottom}"/>')
        parts += [_text(x, y, f"× {value:,g}", "small", "middle") for y in (TOP - 14, bottom + 18)]
    y = TOP
    for title, panel in panels.items():
        y += 20
        # The lines of the grid stop short of the words.
        parts.append(f'<rect class="ground bare" x="12" y="{y - 14}" width="{WIDTH - 24}" height="20"/>')
        parts.append(_text(16, y, title, "title"))
        y += 6
        for name, span, goal in panel:
            parts += _row(name, span, goal, across, y + ROW // 2)
            y += ROW
        y += 16
    return "\n".join([*parts, "</svg>"]) + "\n"


def _row(name, span, goal, across, y):
    kind = "remit" if goal or "emit" in name else "other"
    parts = [
        _text(28, y + 5, name, kind),
        f'<line class="span {kind}" x1="{across(span.minimum)}" y1="{y}" x2="{across(span.maximum)}" y2="{y}"/>',
    ]
    if goal:
        x = across(goal)
        parts.append(_text(WIDTH - 90, y + 5, f"≤ {figure(goal, TIMES)}", "small", "end"))
        parts.append(f'<line class="goal" x1="{x}" y1="{y - 9}" x2="{x}" y2="{y + 9}"/>')
    parts.append(f'<circle class="{kind}" cx="{across(span.median)}" cy="{y}" r="4"/>')
    return parts + [_text(WIDTH - 16, y + 5, figure(span.median, TIMES), kind, "end")]


def _legend():
    y = 50
    return [
        f'<circle class="remit" cx="24" cy="{y - 5}" r="4"/>', _text(36, y, "median of the rounds", "small"),
        f'<line class="span remit" x1="186" y1="{y - 5}" x2="212" y2="{y - 5}"/>',
        _text(220, y, "least to most", "small"),
        f'<line class="goal" x1="322" y1="{y - 14}" x2="322" y2="{y + 4}"/>',
        _text(332, y, "goal, at most", "small"),
        _text(WIDTH - 16, y, "logarithmic; further left is faster", "small", "end"),
        _text(WIDTH - 90, TOP - 14, "goal", "small", "end"), _text(WIDTH - 16, TOP - 14, "median", "small", "end"),
    ]


def _ticks(low, high):
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    marks = [10.0 ** power for power in powers] + [0.5]
    return [mark for mark in marks if low / 1.2 <= mark <= high * 1.2]


def _text(x, y, words, kind, anchor="start"):
    return f'<text class="{kind}" x="{x}" y="{y}" text-anchor="{anchor}">{escape(words)}</text>'
