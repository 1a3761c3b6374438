"""The agenda's month: six weeks of cells, each with what its day holds in numbers, and with names where there is room.

Plain and not focusable, like the grid of hours; the screen owns the cursor. Pure drawing: the numbers come in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from textual import events
from textual.message import Message
from textual.strip import Strip

from crm_tui.ui.look import Look
from crm_tui.widgets.lines import Lines
from crm_tui.widgets.looks import Run, cells, clean, paint, width_of

WEEKS: Final = 6


@dataclass(frozen=True, slots=True)
class DayCell:
    """One day of the month's sheet. `counts` are runs like `! 2`, the worst first; `names` what stands in it, as far as
    there is room. `outside`: of the month before or after."""

    day: date
    counts: tuple[Run, ...] = ()
    untimed: tuple[Run, ...] = ()
    """Steps without an hour, in full and in short; the short form stands beside the day where the row is too narrow."""
    names: tuple[tuple[str, str], ...] = ()
    """State and words."""
    off: str = ""
    closed: bool = False
    """Nobody works that day."""
    outside: bool = False
    today: bool = False


class MonthSheet(Lines):
    """See the module."""

    DEFAULT_CSS = "MonthSheet { height: 1fr; width: 100%; }"

    @dataclass
    class Picked(Message, namespace="month"):
        """The mouse chose a day; `again`: a double click opens it."""

        sheet: MonthSheet
        day: date
        again: bool

        @property
        def control(self) -> MonthSheet:
            return self.sheet

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._days: tuple[DayCell, ...] = ()
        self._heads: tuple[str, ...] = ()
        self._cursor: date | None = None

    def show(self, heads: Sequence[str], days: Sequence[DayCell], cursor: date | None) -> None:
        """The names of the weekdays, the days of six weeks, and the one under the cursor."""
        self._heads, self._days, self._cursor = tuple(heads), tuple(days), cursor
        self.sync()

    def to(self, cursor: date) -> None:
        """The same with the cursor on another day."""
        self._cursor = cursor
        self.sync()

    @staticmethod
    def _widths(width: int) -> list[int]:
        """Cells of the seven columns, the gap behind each included."""
        each, over = divmod(width - 1, 7)
        return [each + (1 if n < over else 0) for n in range(7)]

    @staticmethod
    def _heights(height: int) -> list[int]:
        """Rows of the six weeks under the heading."""
        each, over = divmod(max(WEEKS, height - 1), WEEKS)
        return [each + (1 if n < over else 0) for n in range(WEEKS)]

    def draw(self, width: int, height: int) -> list[Strip]:
        widths = self._widths(width)
        heads = [Run(" ")]
        for word, room in zip(self._heads, widths, strict=False):
            heads.append(Run(self.look.pad(word, room), "muted"))
        rows = [paint(self.look, heads, width, "raised")]
        for week, tall in enumerate(self._heights(height)):
            days = self._days[week * 7 : week * 7 + 7]
            for line in range(tall):
                runs = [Run(" ")]
                for day, room in zip(days, widths, strict=False):
                    runs += self._cell(day, line, tall, room)
                rows.append(paint(self.look, runs, width))
        return rows

    def _cell(self, cell: DayCell, line: int, tall: int, width: int) -> list[Run]:
        look, here, inner = self.look, cell.day == self._cursor, width - 1
        ground = "selection" if here else "sunken" if cell.closed else "background" if line else "surface"
        bar = Run(look.glyph("bar") if here else " ", "accent")
        room = inner - 2
        if line == 0:
            runs = _day(look, cell, room, here)
        elif line == 1:
            runs = fitting(_numbers(cell, room), room)
        else:
            runs = self._named(cell, line - 2, tall - 2, room)
        runs = [run._replace(ground=ground) for run in (bar, *runs)]
        blank = Run(" " * max(0, inner - width_of(runs)), ground=ground)
        return [*runs, blank, Run(" ")]

    def _named(self, cell: DayCell, at: int, room_rows: int, room: int) -> list[Run]:
        """One of the day's appointments; where not all fit the last row says how many more there are."""
        if at >= len(cell.names):
            return []
        state, words = cell.names[at]
        more = len(cell.names) - at - 1
        extra = "" if not more or at < room_rows - 1 else f"+{more}" if room_rows == 1 else f"+{more + 1}"
        name = (
            "" if extra and room_rows > 1 else self.look.cut(clean(words), room - cells(extra) - bool(extra))
        )
        gap = " " * max(0, room - cells(name) - cells(extra)) if name else ""
        return [Run(name, "muted" if state == "closed" else "text"), Run(gap), Run(extra, "muted")]

    # --- mouse --------------------------------------------------------------------------------------------

    def on_click(self, event: events.Click) -> None:
        event.stop()
        x, column = event.x - 1, -1
        for n, room in enumerate(self._widths(self.size.width)):
            if 0 <= x < room:
                column = n
            x -= room
        y = event.y - 1
        week = -1
        for n, tall in enumerate(self._heights(self.size.height)):
            if 0 <= y < tall:
                week = n
            y -= tall
        at = week * 7 + column
        if column >= 0 and week >= 0 and at < len(self._days):
            self.post_message(self.Picked(self, self._days[at].day, event.chain == 2))


def _day(look: Look, cell: DayCell, room: int, here: bool) -> list[Run]:
    """The day's number, and what it is off for."""
    tone = "accent" if cell.today else "muted" if cell.outside or cell.closed else "bright"
    number = Run(f"{cell.day.day:2d}", "bright" if here else tone, here or cell.today or tone == "bright")
    if not cell.off:
        short = cell.untimed[1:]
        told = len(_numbers(cell, room)) > len(cell.counts)
        gap = room - cells(number.text) - width_of(short)
        return [number] if told or not short or gap < 1 else [number, Run(" " * gap), *short]
    return [number, Run(" " + look.cut(f"{look.glyph('off')} {clean(cell.off)}", room - 3), "muted")]


def _numbers(cell: DayCell, room: int) -> Sequence[Run]:
    """The counts of a day, and the steps without an hour where both fit."""
    long = (*cell.counts, *cell.untimed[:1])
    return long if width_of(long) + len(long) - 1 <= room else cell.counts


def fitting(runs: Sequence[Run], room: int) -> list[Run]:
    """As many whole runs as fit, one blank between them: a number is never cut."""
    found: list[Run] = []
    for run in runs:
        gap = 1 if found else 0
        if width_of(found) + gap + cells(run.text) > room:
            break
        found += [Run(" "), run] if gap else [run]
    return found
