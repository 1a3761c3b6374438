"""Waits over sizes, as a Markdown table and as a small SVG that reads on light and dark ground.

Knows nothing of how anything is measured.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape

WIDE, HIGH = 440, 300
LEFT, RIGHT, TOP, BOTTOM = 52, 150, 34, 40
"""Room round a plot: for the scale, the names of the curves, the title, the sizes."""
INKS: Final = ("#0b7285", "#c92a2a", "#5f3dc4", "#2b8a3e")
STYLE: Final = """<style>
text { font: 12px system-ui, sans-serif; fill: #222 } .faint { stroke: #888; stroke-opacity: .35 }
.ground { fill: #fff }
@media (prefers-color-scheme: dark) { text { fill: #ddd } .ground { fill: #16181d } }
</style>"""


@dataclass(frozen=True, slots=True)
class Curve:
    """One wait: for each size, in order, the milliseconds that it took."""

    name: str
    points: tuple[tuple[int, float], ...]


def table(found: Sequence[tuple[str, Sequence[Curve]]], above: str) -> str:
    """A table for each kind of size: the waits, and how many times the first the last is."""
    lines = [above]
    for what, curves in found:
        sizes = [size for size, _ in curves[0].points]
        heads = " | ".join(f"{size:,} {what}" for size in sizes)
        lines += ["", f"| ms | {heads} | last ÷ first |", "|---|" + "---:|" * (len(sizes) + 1)]
        for curve in curves:
            took = [each for _, each in curve.points]
            cells = " | ".join(f"{each:.1f}" for each in took)
            lines.append(f"| {curve.name} | {cells} | {took[-1] / max(took[0], 0.1):.2f} |")
    return "\n".join(lines) + "\n"


def picture(found: Sequence[tuple[str, Sequence[Curve]]]) -> str:
    """A plot for each kind of size, beside each other: both scales go by tens."""
    width = (LEFT + WIDE + RIGHT) * len(found)
    plots = [
        f'<g transform="translate({n * (LEFT + WIDE + RIGHT)} 0)">{_plot(what, curves)}</g>'
        for n, (what, curves) in enumerate(found)
    ]
    high = TOP + HIGH + BOTTOM
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {high}" width="{width}" height="{high}">'
    ground = f'<rect class="ground" width="{width}" height="{high}"/>'
    return "\n".join([head, STYLE, ground, *plots, "</svg>"]) + "\n"


def _plot(what: str, curves: Sequence[Curve]) -> str:
    sizes = [size for size, _ in curves[0].points]
    most = max(took for curve in curves for _, took in curve.points)
    decades = max(1, math.ceil(math.log10(max(most, 10))))
    out = [f'<text x="{LEFT}" y="20" font-weight="600">milliseconds by how many {escape(what)}</text>']
    for n in range(decades + 1):
        y = _y(10**n, decades)
        out.append(f'<line class="faint" x1="{LEFT}" y1="{y:.0f}" x2="{LEFT + WIDE}" y2="{y:.0f}"/>')
        out.append(f'<text x="{LEFT - 8}" y="{y + 4:.0f}" text-anchor="end">{10**n:,}</text>')
    for size in sizes:
        x = _x(size, sizes)
        out.append(f'<text x="{x:.0f}" y="{TOP + HIGH + 20}" text-anchor="middle">{size:,}</text>')
    room = _apart([_y(curve.points[-1][1], decades) for curve in curves])
    for curve, ink, at in zip(curves, INKS, room, strict=False):
        path = " ".join(f"{_x(size, sizes):.1f},{_y(took, decades):.1f}" for size, took in curve.points)
        out.append(f'<polyline fill="none" stroke="{ink}" stroke-width="2" points="{path}"/>')
        for size, took in curve.points:
            out.append(
                f'<circle cx="{_x(size, sizes):.1f}" cy="{_y(took, decades):.1f}" r="3" fill="{ink}"/>'
            )
        name = escape(curve.name)
        out.append(f'<text x="{LEFT + WIDE + 8}" y="{at + 4:.0f}" style="fill:{ink}">{name}</text>')
    return "\n".join(out)


def _x(size: int, sizes: Sequence[int]) -> float:
    if len(sizes) == 1:
        return LEFT + WIDE / 2
    first, last = math.log10(sizes[0]), math.log10(sizes[-1])
    return LEFT + 12 + (WIDE - 24) * (math.log10(size) - first) / (last - first)


def _y(took: float, decades: int) -> float:
    return TOP + HIGH * (1 - math.log10(max(took, 1)) / decades)


def _apart(wanted: Sequence[float], least: float = 15) -> list[float]:
    """Where names stand so that none covers another: as near as may be to where their curves end."""
    found = [0.0] * len(wanted)
    last = -math.inf
    for n in sorted(range(len(wanted)), key=lambda n: wanted[n]):
        found[n] = last = max(wanted[n], last + least)
    return found
