"""The rows of the sheet in which labels or members are chosen, and the line that says what the save will do.

Draws what it is given; knows no command and no view.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any, NamedTuple

from textual.strip import Strip

from crm_tui.domain.label import Choice
from crm_tui.i18n import N_, say
from crm_tui.ui.look import Look
from crm_tui.widgets.chips import chip
from crm_tui.widgets.lines import Lines
from crm_tui.widgets.looks import Run, cells, clean, ground_of, paint, width_of
from crm_tui.widgets.rows import RowPainter


class Shown(NamedTuple):
    """A choice and what is wanted of it: on all cards, off all, or (None) as it is."""

    choice: Choice
    wanted: bool | None


class ChoicePainter(RowPainter[Shown]):
    """`✓` on all cards, `▒` on some, nothing on none; then the name, and in words what will change."""

    def __init__(self, cards: int) -> None:
        self.cards = cards

    def stamp(self, row: Shown) -> Hashable:
        return row

    @staticmethod
    def line(words: str) -> list[Run]:
        """A sentence in place of rows."""
        return [Run("    "), Run(words, "muted")]

    def paint(
        self, look: Look, row: Shown, width: int, *, cursor: bool, marked: bool, focused: bool
    ) -> Strip:
        choice, live = row.choice, cursor and focused
        ground = ground_of(cursor=cursor, marked=marked, focused=focused, plain="raised")
        runs = [Run(look.glyph("bar") if live else " ", "accent"), *self._sign(look, row)]
        runs += self._name(look, choice, live)
        word, tone = self._word(row)
        word = look.cut(word, max(0, width - width_of(runs) - 3))
        gap = Run(" " * max(1, width - 1 - width_of(runs) - cells(word)))
        return paint(look, [*runs, gap, Run(word, tone)], width, ground)

    def _sign(self, look: Look, row: Shown) -> list[Run]:
        on = row.choice.on if row.wanted is None else self.cards if row.wanted else 0
        sign = look.glyph("closed") if on == self.cards else look.glyph("partly") if on else " "
        return [Run(f" {sign} ", "accent" if row.wanted is not None else "bright", True)]

    @staticmethod
    def _name(look: Look, choice: Choice, live: bool) -> list[Run]:
        name = clean(choice.name)
        if choice.id == 0:
            return [Run(f" {say(N_('make the label “{name}”'), name=name)}", "accent", live)]
        shown = (
            chip(look, (name, choice.hue), selected=live) if choice.hue else Run(f" {name}", "bright", live)
        )
        runs = [shown]
        return [*runs, Run(f"  {clean(choice.word)}", "muted")] if choice.word else runs

    def _word(self, row: Shown) -> tuple[str, str]:
        choice = row.choice
        if choice.id == 0:
            return "", "muted"
        if row.wanted is not None:
            return (say(N_("goes on")) if row.wanted else say(N_("comes off"))), "accent"
        if 0 < choice.on < self.cards:
            return say(N_("on {n} of {many}"), n=choice.on, many=self.cards), "muted"
        if not choice.active:
            return say(N_("out of use")), "muted"
        return "", "muted"


class Preview(Lines):
    """What the save will do: `3 cartões: + quente  - frio`."""

    DEFAULT_CSS = "Preview { height: 1; width: 100%; }"
    GROUND = "raised"

    def __init__(self) -> None:
        super().__init__()
        self._told: tuple[str, Sequence[str], Sequence[str]] = ("", (), ())

    def show(self, cards: str, add: Sequence[str], remove: Sequence[str]) -> None:
        """So many cards, the names that go on and those that come off."""
        self._told = (cards, tuple(add), tuple(remove))
        self.sync()

    def draw(self, width: int, height: int) -> list[Any]:
        cards, add, remove = self._told
        if not add and not remove:
            said = say(N_("enter puts one on or takes it off"))
            return [
                paint(self.look, [Run(f" {self.look.cut(said, width - 2)}", "muted")], width, self.GROUND)
            ]
        changes = "  ".join([*(f"+ {clean(name)}" for name in add), *(f"- {clean(name)}" for name in remove)])
        room = width - 2 - cells(cards) - 2
        runs = [Run(f" {cards}: ", "bright", True), Run(self.look.cut(changes, room), "text")]
        return [paint(self.look, runs, width, self.GROUND)]
