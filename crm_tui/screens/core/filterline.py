"""The `/` line: it takes the place of the title row and narrows the list while one types."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message

from crm_tui.i18n import N_, say, say_n
from crm_tui.ui import formats
from crm_tui.ui.keymap import bindings
from crm_tui.ui.look import Look
from crm_tui.widgets.bare import Beside
from crm_tui.widgets.fields import Changed, Leave
from crm_tui.widgets.line import Line
from crm_tui.widgets.lines import Lines
from crm_tui.widgets.looks import Run, cells, paint

SETTLES = 0.05
"""Seconds: letters typed faster than this are one search."""


def while_typing(look: Look, marks: int, hidden: int) -> list[list[Run]]:
    """Lines for the room under what matches: marks that the filter hides, so that no verb for many surprises,
    and what the two ways out do."""
    lines = []
    if marks:
        words = say_n(
            "{n} marked, {hidden} outside this filter",
            "{n} marked, {hidden} outside this filter",
            marks,
            hidden=formats.number(hidden),
        )
        lines.append([Run(f"  {look.glyph('mark')} ", "accent"), Run(words)])
    ways = say(N_("Enter keeps this filter, Esc goes back to the whole list."))
    return [*lines, [Run("  "), Run(ways, "muted")]]


class _Matched(Lines):
    DEFAULT_CSS = "_Matched { width: 30; height: 1; }"
    GROUND = "sunken"

    def __init__(self) -> None:
        super().__init__()
        self.words = ""

    def draw(self, width: int, height: int) -> list:  # type: ignore[type-arg]
        blank = " " * max(0, width - 1 - cells(self.words))
        return [paint(self.look, [Run(blank), Run(self.words, "muted")], width, self.GROUND)]


class _Sign(Lines):
    """The bar of focus, which the line has as long as it is open, and the key that opened it."""

    DEFAULT_CSS = "_Sign { width: 3; height: 1; }"
    GROUND = "sunken"

    def draw(self, width: int, height: int) -> list:  # type: ignore[type-arg]
        return [paint(self.look, [Run(f"{self.look.glyph('bar')} /", "accent")], width, self.GROUND)]


class FilterLine(Beside):
    """The line with `/` before it and the matches of the total at its right end."""

    @dataclass
    class Typed(Message, namespace="filter_line"):
        """The words are others now."""

        words: str

    @dataclass
    class Closed(Message, namespace="filter_line"):
        """Enter or `down` keep the filter, Esc drops it."""

        keep: bool

    DEFAULT_CSS = (
        "FilterLine { height: 1; width: 100%; background: $sunken; } FilterLine > Line { width: 1fr; }"
    )
    BINDINGS: ClassVar[list[BindingType]] = list(bindings(("filterline",), only={"fl.close", "fl.list"}))

    def __init__(self, words: str) -> None:
        super().__init__()
        self.line = Line(words, placeholder=say(N_("name, subject, stage or number")), flat=True)
        self._matched = _Matched()

    def compose(self) -> ComposeResult:
        yield _Sign()
        yield self.line
        yield self._matched

    def on_mount(self) -> None:
        self.line.focus()

    def matched(self, found: int, total: int, cents: int) -> None:
        """Say how many of the total match, and their sum."""
        self._matched.words = say(
            N_("{found} of {total}  {sum}"),
            found=formats.number(found),
            total=formats.number(total),
            sum=formats.money_total(cents),
        )
        self._matched.sync()

    def on_field_changed(self, event: Changed) -> None:
        event.stop()
        self.post_message(self.Typed(event.raw.strip()))

    def on_field_leave(self, event: Leave) -> None:
        event.stop()
        self.post_message(self.Closed(keep=True))

    def action_fl_list(self) -> None:
        self.post_message(self.Closed(keep=True))

    def action_fl_close(self) -> None:
        self.post_message(self.Closed(keep=False))
