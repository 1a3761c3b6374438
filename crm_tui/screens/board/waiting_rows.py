"""How a stage looks in the picture of where cards wait: counts, a half-height bar with its number, the oldest card.

Cells of a row: 0 bar, 2 stage (14), now (6), late (7), then the bar and its number, allowed, 80%, age, and the card
that stands there the longest. Under 76 cells the 80% and the card go.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Final

from textual.strip import Strip

from crm_tui.domain.stays import StageWait, day_minutes
from crm_tui.domain.worktime import WorkCalendar
from crm_tui.i18n import C_, say_in, say_n
from crm_tui.ui import formats
from crm_tui.ui.look import Look
from crm_tui.widgets.lines import Lines
from crm_tui.widgets.looks import Run, cells, clean, ground_of, paint
from crm_tui.widgets.rows import RowPainter

WIDE: Final = 76
_NAME, _COUNT, _LATE, _FIGURE = 14, 6, 7, 6
_BAR_MOST: Final = 40
_OLDEST: Final = 16


@dataclass(frozen=True, slots=True)
class Days:
    """Working minutes as days, said short and long; `minutes` has a working day."""

    minutes: int

    @classmethod
    def of(cls, calendar: WorkCalendar) -> Days:
        """Those of a calendar."""
        return cls(day_minutes(calendar))

    def short(self, minutes: int | None, none: str) -> str:
        """`8,5`; `none` where there is nothing to tell."""
        return none if minutes is None else formats.decimal(minutes / self.minutes)

    def long(self, minutes: int) -> str:
        """`9 dias`, `0,5 dia`."""
        days = round(minutes / self.minutes, 1)
        said = formats.decimal(days, 0 if days == int(days) else 1)
        return say_n("{days} working day", "{days} working days", 1 if days < 2 else 2, days=said)


@dataclass(frozen=True, slots=True)
class Columns:
    """The cells of the columns that give way."""

    bar: int
    wide: bool


def columns(width: int) -> Columns:
    """The bar has what is left, at most 40."""
    wide = width >= WIDE
    fixed = 2 + _NAME + _COUNT + _LATE + 2 + _FIGURE * (4 if wide else 3) + (_OLDEST if wide else 0) + 1
    return Columns(max(0, min(_BAR_MOST, width - fixed)), wide)


_HEADS = {
    "stage": C_("waits", "Stage"),
    "now": C_("waits", "Now"),
    "late": C_("waits", "Late"),
    "median": C_("waits", "Median"),
    "allowed": C_("waits", "Allowed"),
    "age": C_("waits", "Age"),
    "oldest": C_("waits", "The oldest"),
}


class WaitHeads(Lines):
    """The headings, at every height."""

    DEFAULT_CSS = "WaitHeads { height: 1; width: 100%; }"

    def draw(self, width: int, height: int) -> list[Strip]:
        said = {name: say_in("waits", words) for name, words in _HEADS.items()}
        shape, look = columns(width), self.look
        line = "  " + look.pad(said["stage"], _NAME)
        line += look.pad(said["now"], _COUNT, right=True) + look.pad(said["late"], _LATE, right=True) + "  "
        line += look.pad(said["median"], shape.bar + _FIGURE)
        line += look.pad(said["allowed"], _FIGURE, right=True)
        line += look.pad("80%", _FIGURE, right=True) if shape.wide else ""
        line += look.pad(said["age"], _FIGURE, right=True)
        line += f"   {said['oldest']}" if shape.wide else ""
        return [paint(look, [Run(line, "muted")], width)]


class WaitPainter(RowPainter[StageWait]):
    """Paints stages; `most` is the longest median, `slowest` the stage that the sentence names."""

    def __init__(self, days: Days, most: int, slowest: StageWait | None = None) -> None:
        self.days, self.most = days, most
        self.slowest = slowest.stage_id if slowest is not None else 0

    def stamp(self, row: StageWait) -> Hashable:
        return row, self.days, self.most, self.slowest

    def paint(
        self, look: Look, row: StageWait, width: int, *, cursor: bool, marked: bool, focused: bool
    ) -> Strip:
        shape, none = columns(width), look.glyph("dash")
        over = row.over(self.days.minutes)
        tone = "today" if over or row.stage_id == self.slowest else "accent"
        named = look.pad(look.cut(clean(row.name), _NAME - 1), _NAME)
        late = f"{look.glyph('late')}{row.late}" if row.late else none
        bar = self._bar(look, row.median, shape.bar)
        figure = f" {self.days.short(row.median, none)}"
        allowed = none if row.expected_days is None else str(row.expected_days)
        runs = [
            Run(look.glyph("bar") if cursor and focused else " ", "accent"),
            Run(" "),
            Run(named, "bright", row.stage_id == self.slowest),
            Run(look.pad(formats.number(row.now), _COUNT, right=True), "text"),
            Run(look.pad(late, _LATE, right=True), "today" if row.late else "muted"),
            Run("  "),
            Run(bar, tone),
            Run(look.pad(figure, shape.bar + _FIGURE - cells(bar)), "bright", True),
            Run(look.pad(allowed, _FIGURE, right=True), "today" if over else "muted"),
        ]
        if shape.wide:
            runs.append(Run(look.pad(self.days.short(row.p80, none), _FIGURE, right=True), "text"))
        runs.append(Run(look.pad(self.days.short(row.age, none), _FIGURE, right=True), "text"))
        if shape.wide and row.oldest is not None:
            runs.append(Run(f"   {row.oldest.number} {self.days.short(row.oldest_age, none)}", "muted"))
        return paint(look, runs, width, ground_of(cursor=cursor, marked=marked, focused=focused))

    def _bar(self, look: Look, median: int | None, room: int) -> str:
        if not median or not self.most:
            return ""
        return look.glyph("chart") * max(1, round(median / self.most * room))
