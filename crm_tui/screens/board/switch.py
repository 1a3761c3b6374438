"""`b`: the boards in a sheet under the header; a digit or Enter takes one. Answers with its id."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.strip import Strip

from crm_tui.domain.board import BoardRow
from crm_tui.domain.hue import hue_number
from crm_tui.i18n import N_, say, say_n
from crm_tui.screens.core.base import keys
from crm_tui.screens.core.sheet import SheetScreen, SheetTitle
from crm_tui.widgets.lines import Lines
from crm_tui.widgets.looks import Run, chip, clean, paint, width_of


class _Boards(Lines):
    DEFAULT_CSS = "_Boards { width: 100%; }"
    GROUND = "raised"

    def __init__(self, rows: Sequence[tuple[BoardRow, int]]) -> None:
        super().__init__()
        self.rows = rows
        self.at = 0
        self.styles.height = max(1, len(rows))

    def draw(self, width: int, height: int) -> list[Strip]:
        drawn = []
        for n, (board, count) in enumerate(self.rows):
            here = n == self.at
            digit = str(n + 1) if n < 9 else " "
            named = [Run(" "), Run(clean(board.name), "bright", here), Run(" ")]
            left = [
                Run(self.look.glyph("bar") if here else " ", "accent"),
                Run(f"{digit} ", "accent", True),
                *(named if here else chip(self.look, named, hue_number(board.color))),
            ]
            right = Run(say_n("{n} open card", "{n} open cards", count), "muted")
            gap = Run(" " * max(1, width - 1 - width_of(left) - width_of([right])))
            drawn.append(paint(self.look, [*left, gap, right], width, "selection" if here else "raised"))
        return drawn


class BoardPicker(SheetScreen[int]):
    """See the module. `rows` are the boards with their open cards, `current` the one that is shown."""

    TOP = True
    FOOTER = "picker"
    SCOPES = ("app", "picker")
    OFFERS: ClassVar[frozenset[str]] = frozenset(
        ("pick.up", "pick.down", "pick.accept", "pick.digit", "pick.cancel")
    )
    BINDINGS = keys(SCOPES, OFFERS)

    def __init__(self, rows: Sequence[tuple[BoardRow, int]], current: int | None) -> None:
        super().__init__()
        self.list = _Boards(rows)
        self.list.at = next((n for n, (board, _) in enumerate(rows) if board.id == current), 0)

    def content(self) -> ComposeResult:
        yield SheetTitle(say(N_("Boards")))
        yield self.list

    def _step(self, by: int) -> None:
        self.list.at = max(0, min(len(self.list.rows) - 1, self.list.at + by))
        self.list.sync()

    def action_pick_up(self) -> None:
        self._step(-1)

    def action_pick_down(self) -> None:
        self._step(1)

    def action_pick_accept(self) -> None:
        self._take(self.list.at)

    def action_pick_digit(self) -> None:
        """The digit itself comes with the key (`on_key`)."""

    def on_key(self, event: events.Key) -> None:
        if event.character is not None and event.character in "123456789":
            event.stop()
            self._take(int(event.character) - 1)

    def on_click(self, event: events.Click) -> None:
        if event.widget is self.list:
            self._take(event.y)

    def _take(self, at: int) -> None:
        if 0 <= at < len(self.list.rows):
            self.dismiss(self.list.rows[at][0].id)

    def action_pick_cancel(self) -> None:
        self.dismiss(None)

    def action_app_back(self) -> Any:
        return self.dismiss(None)
