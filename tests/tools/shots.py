"""Pictures of a terminal screen, to be looked at: SVG by hand, PNG where a converter is at hand.

    python -m tests.tools.shots [--size 120x36] [--wait REGEX] [--keys a,down] [--then REGEX] OUT.png -- COMMAND...

PNG wants `rsvg-convert` on the path or the package `resvg_py` (or `cairosvg`) in the environment.
"""

from __future__ import annotations

import argparse
import importlib
import shutil
import subprocess
import sys
from collections.abc import Callable
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Any

from tests.tools.screen import Cell, Screen
from tests.tools.term import Term

WIDTH, HEIGHT, FONT_SIZE = 9.03, 18, 15
"""Pixels of a cell and of its type: DejaVu Sans Mono is 0.602 of its size wide."""
_SHOWN = {"default": ("#d8d8d8", "#101216")}
_ANSI = {
    "black": "#000000",
    "red": "#cd3131",
    "green": "#0dbc79",
    "brown": "#e5e510",  # pyte's name of yellow
    "blue": "#2472c8",
    "magenta": "#bc3fbc",
    "cyan": "#11a8cd",
    "white": "#e5e5e5",
    "brightblack": "#666666",
    "brightred": "#f14c4c",
    "brightgreen": "#23d18b",
    "brightbrown": "#f5f543",
    "brightblue": "#3b8eea",
    "brightmagenta": "#d670d6",
    "bfightmagenta": "#d670d6",  # so spelt in pyte 0.8.2
    "brightcyan": "#29b8db",
    "brightwhite": "#ffffff",
}


class NoConverter(RuntimeError):
    """Nothing on this machine turns SVG into PNG."""


def as_svg(screen: Screen) -> str:
    """The screen as an SVG document, each cell where the terminal has it."""
    width, height = screen.columns * WIDTH, screen.lines * HEIGHT
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height}" xml:space="preserve"'
        ' shape-rendering="crispEdges"'  # else the ground shines through between two cells of one colour
        f' font-family="DejaVu Sans Mono, monospace" font-size="{FONT_SIZE}">',
        f'<rect width="100%" height="100%" fill="{_SHOWN["default"][1]}"/>',
    ]
    backs: list[str] = []
    texts: list[str] = []
    for y in range(screen.lines):
        cells = list(enumerate(screen.cells(y)))
        for _, run in groupby(cells, key=lambda pair: pair[1]._replace(data="")):
            some = list(run)
            text = "".join(cell.data for _, cell in some)
            x, top, style = some[0][0] * WIDTH, y * HEIGHT, some[0][1]
            fg, bg = _colours(style)
            if bg != _SHOWN["default"][1]:
                box = f'x="{x:.2f}" y="{top}" width="{len(some) * WIDTH:.2f}" height="{HEIGHT}"'
                backs.append(f'<rect {box} fill="{bg}"/>')
            if text.strip() or style.underscore or style.strikethrough:
                texts.append(
                    f'<text x="{x:.2f}" y="{top + 14}" fill="{fg}"{_decoration(style)}'
                    f' textLength="{len(some) * WIDTH:.2f}">{escape(text)}</text>'
                )
    if not screen.cursor.hidden:
        x, top = screen.cursor.x * WIDTH, screen.cursor.y * HEIGHT
        box = f'x="{x:.2f}" y="{top}" width="{WIDTH}" height="{HEIGHT}"'
        texts.append(f'<rect {box} fill="none" stroke="#ffffff"/>')
    return "\n".join([*parts, *backs, *texts, "</svg>\n"])


def save(screen: Screen, path: Path) -> None:
    """Write the picture, as the suffix says (`.svg`, `.png`); `NoConverter` if PNG is not to be had."""
    svg = as_svg(screen)
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".svg":
        path.write_text(svg, "utf-8")
    else:
        path.write_bytes(_png(svg))


def _colours(cell: Cell) -> tuple[str, str]:
    fg, bg = (
        _SHOWN[colour][place] if colour in _SHOWN else _ANSI.get(colour, f"#{colour}")
        for place, colour in enumerate((cell.fg, cell.bg))
    )
    return (bg, fg) if cell.reverse else (fg, bg)


def _decoration(cell: Cell) -> str:
    lines = " ".join(
        name for name, on in (("underline", cell.underscore), ("line-through", cell.strikethrough)) if on
    )
    return (
        (' font-weight="bold"' if cell.bold else "")
        + (' font-style="italic"' if cell.italics else "")
        + (f' text-decoration="{lines}"' if lines else "")
    )


def _png(svg: str) -> bytes:
    if tool := shutil.which("rsvg-convert"):
        return subprocess.run([tool], input=svg.encode(), capture_output=True, check=True).stdout
    converters: dict[str, Callable[[Any], bytes]] = {
        "resvg_py": lambda library: library.svg_to_bytes(svg_string=svg),
        "cairosvg": lambda library: library.svg2png(bytestring=svg.encode()),
    }
    for module, convert in converters.items():
        try:
            library = importlib.import_module(module)
        except ImportError:
            continue
        return bytes(convert(library))
    raise NoConverter("PNG needs rsvg-convert (librsvg2-bin), resvg_py or cairosvg; ask for a .svg instead")


def main(arguments: list[str]) -> int:
    """Run a command, press keys, save its screen."""
    parser = argparse.ArgumentParser(prog="shots", description=__doc__)
    parser.add_argument("--size", default="120x36")
    parser.add_argument("--wait", default=r"\S")
    parser.add_argument("--keys", default="", help="comma-separated, e.g. a,down,ctrl+s")
    parser.add_argument("--then", default=r"\S", help="what to wait for after the keys")
    parser.add_argument("out", type=Path)
    parser.add_argument("command", nargs="+")
    given = parser.parse_args(arguments)
    columns, rows = map(int, given.size.split("x"))
    with Term(given.command, size=(columns, rows)) as term:
        term.wait(given.wait)
        for key in filter(None, given.keys.split(",")):
            term.press(key)
        term.wait(given.then)
        term.settle()
        try:
            save(term.screen, given.out)
        except NoConverter as error:
            print(error, file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
