"""People by days, each cell with sign and hours left, and the row of what they have in common.

A deaf widget: it is told what stands in each cell and where the cursor is; it knows no calendar and no operator.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from textual.strip import Strip

from crm_tui.ui.look import Look
from crm_tui.widgets.lines import Lines, Thumb
from crm_tui.widgets.looks import Run, clean, paint

CELL: Final = 6
"""Cells of a day, the blank behind it among them."""
FIRST: Final = 11
"""Cells of the first free hour at the right, its margins among them."""
ROOMY: Final = 100
"""From so many cells names have more room."""


@dataclass(frozen=True, slots=True)
class DayCell:
    """`sign` names a glyph of the grid: free, partly, busy, off, or dash for what nobody has in common."""

    sign: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class GridRow:
    """A person, or what all have in common (`joint`)."""

    name: str
    cells: tuple[DayCell, ...] = ()
    first: str = ""
    marked: bool = False
    joint: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """`heads` are the days by name, with whether nobody works on them; the cursor's row and column from 0."""

    heads: tuple[tuple[str, bool], ...] = ()
    first_head: str = ""
    rows: tuple[GridRow, ...] = ()
    joint: GridRow | None = None
    row: int = 0
    column: int = 0


def name_cells(width: int) -> int:
    """Cells of a name, its margin and the blank behind it among them."""
    return 15 if width >= ROOMY else 9


def days_in(width: int, most: int = 14) -> int:
    """How many days stand side by side in so many cells."""
    return max(1, min(most, (width - name_cells(width) - FIRST) // CELL))


def cell_runs(look: Look, cell: DayCell, wide: int, ground: str = "") -> list[Run]:
    """A cell of so many cells: the sign classes, the number answers; a whole free day alone is green."""
    sign, words = look.glyph(cell.sign), look.pad(f" {cell.words}", wide - 1)
    if ground:
        return [Run(sign, "bright", True, ground), Run(words, "bright", True, ground)]
    match cell.sign:
        case "free":
            return [Run(sign, "open", ground="open_bg"), Run(words, "open", ground="open_bg")]
        case "partly":
            return [Run(sign, "busy", ground="raised"), Run(words, "text", ground="raised")]
        case "busy":
            return [Run(sign, "busy", ground="busy_bg"), Run(words, "text", ground="busy_bg")]
    return [Run(sign, "muted"), Run(words, "muted")]


class FreeGrid(Lines):
    """See the module."""

    DEFAULT_CSS = "FreeGrid { width: 100%; height: 1fr; }"

    def __init__(self) -> None:
        super().__init__()
        self.value = Grid()
        self.can_focus = True
        self._top = 0

    def show(self, value: Grid) -> None:
        """Draw another state; rows that look the same are not sent."""
        self.value = value
        self.sync()

    def on_focus(self) -> None:
        self.sync()

    def on_blur(self) -> None:
        self.sync()

    @property
    def page(self) -> int:
        """How many people are in sight."""
        return max(1, self.size.height - 1 - (self.value.joint is not None))

    def draw(self, width: int, height: int) -> Sequence[Strip]:
        value = self.value
        room = max(1, height - 1 - (value.joint is not None))
        last = max(0, len(value.rows) - room)
        self._top = min(max(self._top, value.row - room + 1), value.row, last)
        shown = value.rows[self._top : self._top + room]
        strips = [self._head(width)]
        thumb = Thumb(self._top, room, len(value.rows))
        for n, row in enumerate(shown):
            strip = self._row(row, width, self._top + n == value.row)
            strips.append(Thumb.on(self.look, strip, "background") if n in thumb else strip)
        if value.joint is not None:
            strips.append(self._row(value.joint, width, False))
        return strips

    def _head(self, width: int) -> Strip:
        value = self.value
        runs = [Run(" " * name_cells(width))]
        for n, (name, idle) in enumerate(value.heads):
            here = n == value.column
            tone = "bright" if here else "muted" if idle else "text"
            runs.append(Run(self.look.pad(name, CELL), tone, here))
        runs.append(Run(self.look.pad(value.first_head, FIRST - 1, right=True), "text"))
        return paint(self.look, runs, width, "raised")

    def _row(self, row: GridRow, width: int, here: bool) -> Strip:
        look, value = self.look, self.value
        tone = "muted" if row.joint else "bright" if here else "text"
        mark = look.glyph("mark") if row.marked else " "
        runs = [
            Run(mark, "accent"),
            Run(
                look.pad(look.cut(clean(row.name), name_cells(width) - 2), name_cells(width) - 1), tone, here
            ),
        ]
        for n, cell in enumerate(row.cells):
            chosen = here and n == value.column
            ground = ("selection" if self.has_focus else "idle") if chosen else ""
            runs += cell_runs(look, cell, CELL - 1, ground)
            runs.append(Run(" "))
        runs.append(Run(look.pad(row.first, FIRST - 1, right=True), "open" if row.first else "muted"))
        return paint(look, runs, width)
