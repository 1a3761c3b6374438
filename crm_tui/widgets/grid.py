"""The agenda's grid: days, or people, side by side as columns, half hours as rows; only rows in sight are drawn.

Plain and not focusable: the agenda's screen owns the cursor and says what to show, the grid hears what the mouse
meant. How a row of a column looks is `grid_paint`'s, where an appointment stands `grid_layout`'s.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from textual import events
from textual.message import Message
from textual.strip import Strip

from crm_tui.i18n import say, say_in
from crm_tui.widgets.grid_layout import Row, row_at, works
from crm_tui.widgets.grid_paint import Column, Cursor, cell, piece
from crm_tui.widgets.lines import Lines
from crm_tui.widgets.looks import Run, cells, paint, width_of

GUTTER: Final = 6
"""Cells of the hours at the left."""
TALL: Final = 30
"""Rows of screen from which the heads have two rows."""
BAND: Final = 2
"""Rows of whole-day appointments at most."""
WHEEL: Final = 2
ALL_DAY: Final = -1
"""The row of the cursor on whole-day appointments."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What the grid shows: `columns` in sight, `rows` of the day, `top` the minute that stands first unless the cursor
    is elsewhere. `now` is the present as its hour is written, `rest` the break that is folded, what it is called."""

    columns: tuple[Column, ...] = ()
    rows: tuple[Row, ...] = ()
    cursor: Cursor | None = None
    opening: int = 8 * 60
    now: str = ""
    today: int | None = None
    """The column that is today."""
    before: bool = False
    after: bool = False
    """Whether there are more columns to the left, to the right."""


class AgendaGrid(Lines):
    """See the module."""

    DEFAULT_CSS = "AgendaGrid { height: 1fr; width: 100%; }"

    @dataclass
    class Picked(Message, namespace="grid"):
        """The mouse chose a row of a column; `key` is the appointment there. `again`: a double click opens it."""

        grid: AgendaGrid
        column: int
        row: int
        key: int | None
        again: bool

        @property
        def control(self) -> AgendaGrid:
            return self.grid

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._shown = Shown()
        self._top: int | None = None

    # --- what the screen says -----------------------------------------------------------------------------

    def show(self, shown: Shown, *, home: bool = False) -> None:
        """Show another state; `home`: the working day stands first again. Only rows that differ are sent."""
        if home or len(shown.rows) != len(self._shown.rows):
            self._top = None
        self._shown = shown
        self._reveal()
        self.sync()

    # --- offset -------------------------------------------------------------------------------------------

    @property
    def heads(self) -> int:
        """How many rows the heads have."""
        return 2 if self.is_mounted and self.app.size.height >= TALL else 1

    @property
    def band(self) -> int:
        """How many rows stand for whole days."""
        return min(BAND, max((len(c.band) for c in self._shown.columns), default=0))

    @property
    def room(self) -> int:
        """Rows of hours in sight."""
        height = self.size.height if self.is_mounted else 0
        return max(1, height - self.heads - self.band)

    def _reveal(self) -> None:
        shown = self._shown
        if not self.is_mounted or not self.size or not shown.rows:
            return
        room = self.room
        top = row_at(shown.rows, shown.opening) if self._top is None else self._top
        if shown.cursor is not None and shown.cursor.row >= 0:
            first, last = self._extent(shown.cursor)
            if first < top:
                top = first
            elif last >= top + room:
                top = min(first, last - room + 1)
        self._top = max(0, min(top, len(shown.rows) - room))

    def _extent(self, cursor: Cursor) -> tuple[int, int]:
        """The rows of what is under the cursor."""
        if cursor.key is not None and cursor.column < len(self._shown.columns):
            for each in self._shown.columns[cursor.column].blocks:
                if each.block.key == cursor.key:
                    return each.first, each.last
        return cursor.row, cursor.row

    # --- drawing ------------------------------------------------------------------------------------------

    def forget(self) -> None:
        self._reveal()

    def draw(self, width: int, height: int) -> list[Strip]:
        shown = self._shown
        rows = self._heads(width)
        rows += [self._band(n, width) for n in range(self.band)]
        top = self._top or 0
        told = self._told(top, height - len(rows))
        for n in range(top, min(len(shown.rows), top + height - len(rows))):
            runs = [self._hour(n)]
            for at, column in enumerate(shown.columns):
                runs += cell(self.look, column, at, n, shown.rows[n], shown.cursor, told.get((at, n), ""))
            rows.append(paint(self.look, runs, width))
        return rows

    def _heads(self, width: int) -> list[Strip]:
        shown, look = self._shown, self.look
        tall = self.heads == 2
        left = look.glyph("left") if shown.before else " "
        first, second = [Run(f"{left}{' ' * (GUTTER - 1)}", "accent")], [Run(" " * GUTTER)]
        for at, column in enumerate(shown.columns):
            ground = "selection" if at == shown.today and look.colourful else "raised"
            tone = "muted" if column.quiet else "bright"
            more = [] if tall else [Run(" "), *column.short]
            name = look.cut(column.head, column.inner)
            blank = " " if cells(name) < column.inner else ""
            head = [Run(blank), Run(name, tone, not column.quiet)]
            if width_of(head) + width_of(more) <= column.inner:
                head += more
            first += _on(head, column.inner, ground)
            under = [Run(" "), *column.under]
            if width_of(under) > column.inner:
                under = [Run(" "), *column.short]
            second += _on(under if width_of(under) <= column.inner else [], column.inner, ground)
            first.append(Run(" "))
            second.append(Run(" "))
        if shown.after:
            used = width_of(first)
            first += [Run(" " * max(0, width - used - 1)), Run(look.glyph("right"), "accent")]
        heads = [first, second] if tall else [first]
        return [paint(look, runs, width, "raised") for runs in heads]

    def _band(self, n: int, width: int) -> Strip:
        """A row of appointments that take whole days; the last one says how many more there are."""
        look, shown = self.look, self._shown
        runs = [Run((say_in("gutter", "days") if n == 0 else "").ljust(GUTTER), "muted")]
        for at, column in enumerate(shown.columns):
            here = shown.cursor if shown.cursor is not None and shown.cursor.column == at else None
            first = self._band_from(column, here)
            block = column.band[first + n] if first + n < len(column.band) else None
            if block is None:
                chosen = here is not None and here.row == ALL_DAY and here.key is None and n == 0
                ground = ("selection" if here and here.live else "idle") if chosen else "background"
                runs += _on([], column.inner, ground)
            else:
                more = len(column.band) - first - n - 1 if n == self.band - 1 else 0
                mine = here is not None and here.row == ALL_DAY and here.key == block.key
                live = mine and here is not None and here.live
                runs += piece(look, block, 0, column.inner, here=mine, live=live, more=more)
            runs.append(Run(" "))
        return paint(look, runs, width)

    def _band_from(self, column: Column, cursor: Cursor | None) -> int:
        """The first whole-day appointment of a column in sight: the chosen one is seen."""
        if cursor is None or cursor.row != ALL_DAY:
            return 0
        at = next((n for n, each in enumerate(column.band) if each.key == cursor.key), 0)
        return max(0, at - self.band + 1)

    def _hour(self, n: int) -> Run:
        row, shown = self._shown.rows[n], self._shown
        if shown.now:
            minute = int(shown.now[:2]) * 60 + int(shown.now[3:])
            if row.start <= minute < row.end:
                return Run(f"{shown.now}{self.look.glyph('path')}", "accent", True)
        whole = row.start % 60 == 0
        return Run(f"{row.start // 60:02d}:00 " if whole else " " * GUTTER, "muted")

    def _told(self, top: int, room: int) -> dict[tuple[int, int], str]:
        """Where time off says what it is: a holiday at its top; lunch and evening once, in the first column that has
        work."""
        shown = self._shown
        found: dict[tuple[int, int], str] = {}
        for at, column in enumerate(shown.columns):
            if column.off:
                found[at, top] = column.off
        first = next((at for at, column in enumerate(shown.columns) if column.work), None)
        if first is None:
            return found
        work = shown.columns[first].work
        for n in range(top, min(len(shown.rows), top + room)):
            row = shown.rows[n]
            if works(work, row) or (n > top and not works(work, shown.rows[n - 1])):
                continue
            between = work[0][0] <= row.start < work[-1][1]
            found[first, n] = say("lunch") if between else say("outside working hours")
        return found

    # --- mouse --------------------------------------------------------------------------------------------

    def on_click(self, event: events.Click) -> None:
        event.stop()
        shown, top = self._shown, self._top or 0
        x, at = event.x - GUTTER, -1
        for n, column in enumerate(shown.columns):
            if 0 <= x < column.width:
                at = n
            x -= column.width
        y = event.y - self.heads
        if at < 0 or y < 0:
            return
        column = shown.columns[at]
        again = event.chain == 2
        if y < self.band:
            if y < len(column.band):
                self.post_message(self.Picked(self, at, ALL_DAY, column.band[y].key, again))
            return
        n = top + y - self.band
        if n < len(shown.rows):
            standing = column.standing.get(n, ())
            key = standing[0].block.key if standing else None
            self.post_message(self.Picked(self, at, n, key, again))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        self._wheel(event, WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        self._wheel(event, -WHEEL)

    def _wheel(self, event: events.Event, rows: int) -> None:
        event.stop()
        self._top = max(0, min((self._top or 0) + rows, len(self._shown.rows) - self.room))
        self.sync()


def _on(runs: Sequence[Run], width: int, ground: str) -> list[Run]:
    """Runs in exactly so many cells of one ground."""
    placed = [run._replace(ground=ground) for run in runs]
    return [*placed, Run(" " * max(0, width - sum(cells(run.text) for run in runs)), ground=ground)]
