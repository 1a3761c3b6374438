"""How a widget comes to the look, and how runs of text become a strip with the fewest bytes.

Knows colours only by the names of `ui.look` and nothing of what is written. Every row that our Line-API
widgets draw goes through `paint`.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, Protocol, cast

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from crm_tui.domain.text import one_line

if TYPE_CHECKING:
    from textual.widget import Widget

    from crm_tui.ui.look import Look


class _HasLook(Protocol):
    @property
    def look(self) -> Look: ...


class Looks:
    """Mixin of widgets: `self.look` is the application's, so that a change of theme reaches all at once."""

    @property
    def look(self) -> Look:
        """What the terminal can show, from `app.look`."""
        return cast(_HasLook, cast("Widget", self).app).look


class Run(NamedTuple):
    """A piece of one row: the text, its role, and a ground only where it differs from the row's."""

    text: str
    fg: str = "text"
    bold: bool = False
    ground: str | None = None
    underline: bool = False
    style: Style | None = None
    """Overrides the roles: label chips have colours of their own."""
    whole: bool = False
    """Where it does not fit it is left out, never cut: a phone, a number, a sign with its word."""


def cells(text: str) -> int:
    """The width in terminal cells."""
    return len(text) if text.isascii() else cell_len(text)


def width_of(runs: Iterable[Run]) -> int:
    """The width of runs side by side, in cells."""
    return sum(cells(run.text) for run in runs)


@lru_cache(maxsize=4096)
def clean(text: str) -> str:
    """Text from data as one row may show it: no control characters, no line feeds, single blanks."""
    return one_line(text)


def ground_of(*, cursor: bool, marked: bool, focused: bool, plain: str = "background") -> str:
    """The ground of a row: the cursor wins over the mark; without the focus the cursor is `idle`."""
    if cursor:
        return "selection" if focused else "idle"
    return "marked" if marked else plain


def chip(look: Look, runs: list[Run], hue: int) -> list[Run]:
    """Runs that begin with a name, on the chip of its hue from the cell before it to the cell behind.

    Where there are no grounds, or for hue 0, the name stands alone as it is: it says the same. The first run must
    be one blank cell, and a blank one must follow the name.
    """
    before, name, behind, *rest = runs
    if not hue or not look.colourful:
        return runs
    style = look.label_style(hue)
    named = name._replace(style=style + Style(bold=True) if name.bold else style)
    edges = Run(" ", style=style), Run(behind.text[1:], behind.fg, ground=behind.ground)
    return [before._replace(style=style), named, *edges, *rest]


def paint(look: Look, runs: Iterable[Run], width: int, ground: str = "background") -> Strip:
    """The runs as a strip of exactly `width` cells on `ground`; what is over is cut off.

    Every change of style costs up to 40 bytes in truecolor. A blank has no foreground: it belongs to the run
    on its left, or at the row's beginning to the one on its right, unless ground, reverse or underline would
    change: two rows of the queue went from 1,114 to 818 bytes.
    """
    pieces: list[tuple[str, Style, bool]] = []
    used = 0
    for run in runs:
        if not run.text:
            continue
        style = run.style or look.style(run.fg, run.ground or ground, bold=run.bold, underline=run.underline)
        _join(pieces, run.text, style)
        used += cells(run.text)
    if used < width:
        _join(pieces, " " * (width - used), look.style("text", ground))
    strip = Strip([Segment(text, style) for text, style, _ in pieces], max(used, width))
    return strip if used <= width else strip.crop(0, width)


def _join(pieces: list[tuple[str, Style, bool]], text: str, style: Style) -> None:
    blank = text.isspace()
    if pieces:
        before, left, left_blank = pieces[-1]
        if style == left or (blank and _same_ground(left, style)):
            pieces[-1] = (before + text, left, left_blank and blank)
            return
        if left_blank and _same_ground(style, left):
            pieces[-1] = (before + text, style, False)
            return
    pieces.append((text, style, blank))


def _same_ground(shown: Style, blank: Style) -> bool:
    """Whether a blank looks the same in the style `shown` as in its own."""
    return shown.bgcolor == blank.bgcolor and shown.reverse == blank.reverse and not shown.underline
