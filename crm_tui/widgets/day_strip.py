"""The strip of the next days under a date field, and the hours of the chosen one with the proposed hour.

A deaf widget: it is told what stands in it, and says which key was pressed. It knows no calendar and no operator.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.strip import Strip

from crm_tui.widgets.free_grid import DayCell, cell_runs
from crm_tui.widgets.hours_pane import Bar, bar_runs, window
from crm_tui.widgets.lines import Lines
from crm_tui.widgets.looks import Run, cells, paint

CELL: Final = 7
"""Cells of a day, the blank behind it among them."""
HOUR: Final = 2
"""Cells of an hour."""


@dataclass(frozen=True, slots=True)
class Days:
    """`days` are (name, cell, whether nobody works); `at` is the chosen one, -1 for none. `bar` are its hours, of all
    who are asked together; `slot` the proposed minutes with their words."""

    label: str = ""
    days: tuple[tuple[str, DayCell, bool], ...] = ()
    at: int = -1
    day: str = ""
    bar: Bar | None = None
    slot: tuple[int, int] | None = None
    slot_words: str = ""
    note: str = ""


def days_beside(width: int, label: int) -> int:
    """How many days stand beside a label in so many cells."""
    return max(1, min(10, (width - label) // CELL))


class DayStrip(Lines):
    """See the module. Posts `Turned` and `Pressed`."""

    @dataclass
    class Turned(Message, namespace="days"):
        """So many days further, or so many months."""

        days: int = 0
        months: int = 0

    @dataclass
    class Pressed(Message, namespace="days"):
        """`today`, `slot`, `accept` or `cancel`."""

        what: str

    DEFAULT_CSS = "DayStrip { width: 100%; height: 3; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "turn(-1)", show=False, id="when.left"),
        Binding("right", "turn(1)", show=False, id="when.right"),
        Binding("up", "turn(-7)", show=False, id="when.up"),
        Binding("down", "turn(7)", show=False, id="when.week"),
        Binding("pageup", "leaf(-1)", show=False, id="when.page_up"),
        Binding("pagedown", "leaf(1)", show=False, id="when.page_down"),
        Binding("full_stop", "say('today')", show=False, id="when.today"),
        Binding("f5", "say('slot')", show=False, id="when.slot"),
        Binding("enter", "say('accept')", show=False, id="when.accept"),
        Binding("escape,ctrl+left_square_bracket", "say('cancel')", show=False, id="when.cancel"),
    ]
    can_focus = True

    def __init__(self, label: int, ground: str) -> None:
        """`label`: the cells before the days; `ground`: the role behind it."""
        super().__init__()
        self.GROUND = ground
        self.label = label
        self.value = Days()

    def show(self, value: Days) -> None:
        """Draw another state; rows that look the same are not sent."""
        self.value = value
        self.sync()

    def on_focus(self) -> None:
        self.sync()

    def on_blur(self) -> None:
        self.sync()

    def action_turn(self, days: int) -> None:
        self.post_message(self.Turned(days=days))

    def action_leaf(self, months: int) -> None:
        self.post_message(self.Turned(months=months))

    def action_say(self, what: str) -> None:
        self.post_message(self.Pressed(what))

    def draw(self, width: int, height: int) -> Sequence[Strip]:
        look, value = self.look, self.value
        names = [Run(look.pad(f" {value.label}", self.label), "muted")]
        row = [Run(" " * self.label)]
        for n, (name, cell, idle) in enumerate(value.days):
            here = n == value.at
            ground = ("selection" if self.has_focus else "idle") if here else ""
            tone = "bright" if here else "muted" if idle else "text"
            names += [Run(look.pad(name, CELL - 1), tone, here, ground or None), Run(" ")]
            row += [*cell_runs(look, cell, CELL - 1, ground), Run(" ")]
        return [
            paint(look, names, width, self.GROUND),
            paint(look, row, width, self.GROUND),
            self._hours(width),
        ][:height]

    def _hours(self, width: int) -> Strip:
        look, value = self.look, self.value
        runs = [Run(look.pad(f" {value.day}", self.label), "muted")]
        if value.bar is not None and value.bar.worked:
            first, last = window((value.bar,), value.slot)
            wide = HOUR if self.label + (last - first) * HOUR + 30 <= width else 1
            runs.append(Run(f"{first:02d} ", "muted"))
            runs += bar_runs(look, value.bar, first, last, wide, value.slot)
            runs.append(Run(f" {last:02d}", "muted"))
            if value.slot_words:
                runs += [Run(f"   {look.glyph('chosen')} {value.slot_words}", "accent", whole=True)]
        room = width - 1 - sum(cells(run.text) for run in runs)
        if value.note and room > 4:
            runs += [Run("   "), Run(look.cut(value.note, room - 3), "muted")]
        return paint(look, runs, width, self.GROUND)
