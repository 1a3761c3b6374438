"""Waits over sizes, as a Markdown table and as a small SVG that reads on light and dark ground.

Knows nothing of how anything is measured.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape

LEFT, WIDE, RIGHT = 52, 420, 288
"""Across a plot, in pixels: room for the scale, the curves, room for their names."""
TOP, HIGH, BOTTOM = 46, 230, 48
INKS: Final = (
    ("#0b6e80", "#4dd0e1"),
    ("#c02626", "#ff8a80"),
    ("#5f3dc4", "#b39dff"),
    ("#2b7a34", "#81d98a"),
    ("#a15c00", "#ffb74d"),
)
"""Of each curve, on light ground and on dark."""
DASHES: Final = ("", "7 3", "2 3", "9 3 2 3", "4 4")
"""Of each curve too, for whom colours tell nothing."""
STEPS: Final = (0.25, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
"""Where lines may lie across a plot: so many times the wait at the smallest size."""


@dataclass(frozen=True, slots=True)
class Curve:
    """One wait: for each size, in order, the milliseconds that it took."""

    name: str
    points: tuple[tuple[int, float], ...]

    @property
    def factors(self) -> tuple[tuple[int, float], ...]:
        """For each size how many times the wait at the smallest it took."""
        first = self.points[0][1]
        return tuple((size, took / first) for size, took in self.points)


def table(found: Sequence[tuple[str, Sequence[Curve]]], above: str) -> str:
    """A table for each kind of size: the waits, and how many times the first each later one is."""
    lines = [above]
    for what, curves in found:
        sizes = [size for size, _ in curves[0].points]
        heads = " | ".join(f"{size:,} {what}" for size in sizes)
        lines += ["", f"| ms (÷ the first) | {heads} |", "|---|" + "---:|" * len(sizes)]
        for curve in curves:
            cells = [f"{curve.points[0][1]:.1f}"]
            both = zip(curve.points[1:], curve.factors[1:], strict=True)
            cells += [f"{took:.1f} ({factor:.2f})" for (_, took), (_, factor) in both]
            lines.append(f"| {curve.name} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def picture(found: Sequence[tuple[str, Sequence[Curve]]]) -> str:
    """A plot for each kind of size, one below the other: both scales by tens, each curve beginning at 1."""
    width, each = LEFT + WIDE + RIGHT, TOP + HIGH + BOTTOM
    high = each * len(found)
    plots = [
        f'<g transform="translate(0 {n * each})">\n{_plot(what, curves)}\n</g>'
        for n, (what, curves) in enumerate(found)
    ]
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {high}" width="{width}" height="{high}">'
    ground = f'<rect class="ground" width="{width}" height="{high}"/>'
    return "\n".join([head, _style(), ground, *plots, "</svg>"]) + "\n"


def _style() -> str:
    light, dark = (
        " ".join(
            f".s{n} {{ stroke: {ink[side]} }} .f{n} {{ fill: {ink[side]} }}" for n, ink in enumerate(INKS)
        )
        for side in (0, 1)
    )
    return f"""<style>
text {{ font: 13px system-ui, 'DejaVu Sans', sans-serif; fill: #222 }} .head {{ font-weight: 600 }}
polyline {{ fill: none; stroke-width: 2.2 }} .thin {{ stroke-width: 1 }} .ground {{ fill: #fff }}
.faint {{ stroke: #888; stroke-opacity: .3 }} .one {{ stroke: #888 }} .said {{ fill: #666 }}
{light}
@media (prefers-color-scheme: dark) {{
text {{ fill: #ddd }} .ground {{ fill: #16181d }} .said {{ fill: #aaa }}
{dark}
}}
</style>"""


def _plot(what: str, curves: Sequence[Curve]) -> str:
    sizes = [size for size, _ in curves[0].points]
    steps = _steps([factor for curve in curves for _, factor in curve.factors])
    title = f"Each wait ÷ that at the smallest size, by how many {escape(what)} (ms: at the most)"
    out = [f'<text class="head" x="12" y="22">{title}</text>']
    right = LEFT + WIDE
    for step in steps:
        y, kind = _y(step, steps), "one" if step == 1 else "faint"
        out.append(f'<line class="{kind}" x1="{LEFT}" y1="{y:.1f}" x2="{right}" y2="{y:.1f}"/>')
        out.append(f'<text x="{LEFT - 8}" y="{y + 4.5:.1f}" text-anchor="end">{step:g}</text>')
    for size in sizes:
        x = _x(size, sizes)
        out.append(f'<line class="faint" x1="{x:.1f}" y1="{TOP}" x2="{x:.1f}" y2="{TOP + HIGH}"/>')
        out.append(f'<text x="{x:.1f}" y="{TOP + HIGH + 20}" text-anchor="middle">{size:,}</text>')
    if len(sizes) > 1:
        out += _as_the_data(sizes, steps)
    room = _apart([_y(curve.factors[-1][1], steps) for curve in curves])
    for n, (curve, at) in enumerate(zip(curves, room, strict=True)):
        ink, dash = n % len(INKS), DASHES[n % len(DASHES)]
        places = [(_x(size, sizes), _y(factor, steps)) for size, factor in curve.factors]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        out.append(f'<polyline class="s{ink}" stroke-dasharray="{dash or "none"}" points="{path}"/>')
        out += [f'<circle class="f{ink}" cx="{x:.1f}" cy="{y:.1f}" r="3.2"/>' for x, y in places]
        x, y = places[-1]
        out.append(
            f'<polyline class="thin s{ink}" points="{x:.1f},{y:.1f} {right + 2},{at:.1f} {right + 8},{at:.1f}"/>'
        )
        name = escape(f"{curve.name}, {curve.points[-1][1]:,.{0 if curve.points[-1][1] >= 100 else 1}f} ms")
        out.append(f'<text class="f{ink}" x="{right + 12}" y="{at + 4.5:.1f}">{name}</text>')
    return "\n".join(out)


def _as_the_data(sizes: Sequence[int], steps: Sequence[float]) -> list[str]:
    """The line of a wait that grows as the data does, up to the edge, to hold the others against."""
    most = min(steps[-1], sizes[-1] / sizes[0])
    x1, y1, x2, y2 = _x(sizes[0], sizes), _y(1, steps), _x(sizes[0] * most, sizes), _y(most, steps)
    place = f'x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"'
    return [
        f'<line class="one" stroke-dasharray="1 4" {place}/>',
        f'<text class="said" x="{x2 + 8:.1f}" y="{y2 + 15:.1f}">as the data grow</text>',
    ]


def _steps(factors: Sequence[float]) -> list[float]:
    """The lines across: a half to twice at least, so that noise does not look like a mountain."""
    least, most = min(0.5, *factors), max(2.0, *factors)
    first = max((n for n, step in enumerate(STEPS) if step <= least), default=0)
    last = min((n for n, step in enumerate(STEPS) if step >= most), default=len(STEPS) - 1)
    return list(STEPS[first : last + 1])


def _x(size: float, sizes: Sequence[int]) -> float:
    if len(sizes) == 1:
        return LEFT + WIDE / 2
    first, last = math.log10(sizes[0]), math.log10(sizes[-1])
    return LEFT + 12 + (WIDE - 24) * (math.log10(size) - first) / (last - first)


def _y(factor: float, steps: Sequence[float]) -> float:
    low, high = math.log10(steps[0]), math.log10(steps[-1])
    inside = min(max(factor, steps[0]), steps[-1])
    return TOP + HIGH * (1 - (math.log10(inside) - low) / (high - low))


def _apart(wanted: Sequence[float], least: float = 18) -> list[float]:
    """Where names stand so that none covers another and all are within the plot: near to where their curves end."""
    order = sorted(range(len(wanted)), key=lambda n: wanted[n])
    found = [0.0] * len(wanted)
    last = TOP - least
    for n in order:
        found[n] = last = max(wanted[n], last + least)
    last = TOP + HIGH + least
    for n in reversed(order):
        found[n] = last = min(found[n], last - least)
    return found
