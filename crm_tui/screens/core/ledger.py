"""How settings draw a register's records in columns.

Pure drawing; it knows neither commands nor views.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Final

from textual.strip import Strip

from crm_tui.domain.register import Cell, RegisterRow
from crm_tui.i18n import say
from crm_tui.ui.glyphs import plain_ascii
from crm_tui.ui.look import Look
from crm_tui.ui.sentences import amounts
from crm_tui.widgets.looks import Run, cells, clean, ground_of, paint
from crm_tui.widgets.rows import RowPainter

WIDEST: Final = 24
"""Cells of a column at most, while others want room."""
READABLE: Final = 12
"""Cells to which a column may be cut before the last column goes."""
LEAST: Final = 4


def said(cell: Cell) -> str:
    """A cell as one row may show it."""
    return clean(cell if isinstance(cell, str) else say(amounts(cell)))


class LedgerPainter(RowPainter[RegisterRow]):
    """Paints records; columns are as wide as what stands in them (an empty one is left out), and the widest give way
    first, the first one, by which a record is known, last."""

    def __init__(self, rows: Sequence[RegisterRow], heads: Sequence[str]) -> None:
        self.heads = [say(head) for head in heads]
        shown = [[said(cell) for cell in row.cells] for row in rows]
        self.whole = [
            max((cells(row[i]) for row in shown if i < len(row)), default=0) for i in range(len(self.heads))
        ]
        self.wanted = [min(WIDEST, whole) for whole in self.whole]

    def widths(self, width: int) -> list[int]:
        """The columns' cells, gaps of two between them, three cells of margin before and one after."""
        found = [max(room, cells(head)) for room, head in zip(self.wanted, self.heads, strict=True) if room]
        room = width - 4 - 2 * (len(found) - 1)
        if sum(found) > room:  # headings give way to what stands under them
            found = [room for room in self.wanted if room]
        found = _squeezed(found, room, READABLE, kept=1)
        while (
            sum(found) > room and len(found) > 2
        ):  # better some columns that can be read than all that cannot
            found = _squeezed(
                [room for room in self.wanted if room][: len(found) - 1], room + 2, READABLE, kept=1
            )
            room += 2
        found = _widened(_squeezed(found, room, LEAST), room, [whole for whole in self.whole if whole])
        left = iter(found)
        return [next(left, 0) if wanted else 0 for wanted in self.wanted]

    def stamp(self, row: RegisterRow) -> Hashable:
        return row.cells and tuple(said(cell) for cell in row.cells), row.active

    def paint(
        self, look: Look, row: RegisterRow, width: int, *, cursor: bool, marked: bool, focused: bool
    ) -> Strip:
        """See `RowPainter.paint`."""
        bar = look.glyph("bar") if cursor and focused else " "
        runs = [Run(bar, "accent"), Run("  ")]
        for i, (cell, room) in enumerate(zip(row.cells, self.widths(width), strict=False)):
            if not room:
                continue
            tone = "muted" if not row.active else "bright" if i < 2 and cursor else "text"
            shown = plain_ascii(said(cell)) if look.ascii else said(cell)
            runs.append(Run(look.pad(shown, room), tone, cursor and i < 2))
            runs.append(Run("  "))
        return paint(look, runs[:-1], width, ground_of(cursor=cursor, marked=marked, focused=focused))

    def head(self, look: Look, width: int) -> Strip:
        """The column headings."""
        shown = "  ".join(
            look.pad(head, room) for head, room in zip(self.heads, self.widths(width), strict=True) if room
        )
        return paint(look, [Run(f"   {shown}", "muted")], width)


def _widened(widths: list[int], room: int, whole: Sequence[int]) -> list[int]:
    """The widths, what is left of `room` given to those under which more stands, the first ones first."""
    spare, found = room - sum(widths), []
    for width, wanted in zip(widths, whole, strict=False):
        more = max(0, min(spare, wanted - width))
        found.append(width + more)
        spare -= more
    return found


def _squeezed(widths: list[int], room: int, least: int, *, kept: int = 0) -> list[int]:
    """The widths, the widest made narrower until all fit in `room` or none is above `least`; the first `kept` stay."""
    found = list(widths)
    while sum(found) > room and max(found[kept:], default=0) > least:
        found[found.index(max(found[kept:]), kept)] -= 1
    return found
