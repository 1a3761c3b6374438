"""`b`: the boards in a sheet under the header; a digit or Enter takes one. Answers with its id.

The last row makes another one; whoever may not make boards reads there why. (K6)
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.strip import Strip

from crm_tui.domain.board import BoardRow
from crm_tui.domain.hue import hue_number
from crm_tui.domain.outcome import Refusal
from crm_tui.i18n import N_, say, say_n
from crm_tui.screens.core.base import keys
from crm_tui.screens.core.sheet import SheetScreen, SheetTitle
from crm_tui.widgets.lines import Lines
from crm_tui.widgets.looks import Run, chip, clean, paint, width_of


class _Boards(Lines):
    DEFAULT_CSS = "_Boards { width: 100%; }"
    GROUND = "raised"

    def __init__(self, rows: Sequence[tuple[BoardRow, int]], barred: bool) -> None:
        super().__init__()
        self.rows = rows
        self.barred = barred
        self.at = 0
        self.styles.height = len(rows) + 1

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
        return [*drawn, self._another(width)]

    def _another(self, width: int) -> Strip:
        here = self.at == len(self.rows)
        bar = Run(self.look.glyph("bar") if here else " ", "accent")
        sign = Run("+  ", "muted" if self.barred else "accent", not self.barred)
        words = Run(say(N_("new board…")), "muted" if self.barred else "bright" if here else "text", here)
        runs = [bar, sign, words]
        why = Run(say(N_("your profile does not allow it")), "muted")
        if self.barred and width_of(runs) + width_of([why]) + 3 <= width:
            runs += [Run(" " * (width - 1 - width_of(runs) - width_of([why]))), why]
        return paint(self.look, runs, width, "selection" if here else "raised")


class BoardPicker(SheetScreen[int]):
    """See the module. `rows` are the boards with their open cards, `current` the one that is shown."""

    TOP = True
    FOOTER = "picker"
    SCOPES = ("app", "picker")
    OFFERS: ClassVar[frozenset[str]] = frozenset(
        ("pick.up", "pick.down", "pick.accept", "pick.digit", "pick.cancel")
    )
    BINDINGS = keys(SCOPES, OFFERS)

    def __init__(
        self, rows: Sequence[tuple[BoardRow, int]], current: int | None, *, hindrance: Refusal | None = None
    ) -> None:
        super().__init__()
        self.refusal = hindrance
        self.list = _Boards(rows, hindrance is not None)
        self.list.at = next((n for n, (board, _) in enumerate(rows) if board.id == current), 0)

    def content(self) -> ComposeResult:
        yield SheetTitle(say(N_("Boards")))
        yield self.list

    def _step(self, by: int) -> None:
        self.list.at = max(0, min(len(self.list.rows), self.list.at + by))
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
        if event.character is not None and event.character in "123456789+":
            event.stop()
            at = len(self.list.rows) if event.character == "+" else int(event.character) - 1
            if event.character == "+" or at < len(self.list.rows):
                self._take(at)

    def on_click(self, event: events.Click) -> None:
        if event.widget is self.list:
            self._take(event.y)

    def _take(self, at: int) -> None:
        if 0 <= at < len(self.list.rows):
            self.dismiss(self.list.rows[at][0].id)
        elif at == len(self.list.rows):
            self._make()

    def _make(self) -> None:
        """The form of another board, or why there is none for this operator."""
        below = self.under()
        self.dismiss(None)
        if below is None:
            return
        if self.refusal is not None:
            below.go("refusal", refusal=self.refusal)
        else:
            heading = say(self.shell.command("add_board").title)
            below.go("form", command="add_board", heading=heading, done=say(N_("board made; b shows it")))

    def action_pick_cancel(self) -> None:
        self.dismiss(None)

    def action_app_back(self) -> Any:
        return self.dismiss(None)
