"""How a card looks in a person's list of cards: state, when, number, title; owner and value if there is room.

Cells of a row: 0 bar, 2 glyph, 4 when (13), 19 number (9), title, then owner (8), value (10), a blank margin.
"""

from __future__ import annotations

from collections.abc import Hashable
from datetime import datetime, tzinfo
from typing import Final

from textual.strip import Strip

from crm_tui.domain.aside import put_off
from crm_tui.domain.board import BoardCard
from crm_tui.domain.due import DueState
from crm_tui.i18n import N_, say
from crm_tui.ui import formats
from crm_tui.ui.look import Look
from crm_tui.widgets.looks import Run, cells, clean, ground_of, paint
from crm_tui.widgets.rows import RowPainter

WIDE: Final = 70
"""Under so many cells owner and value go: the card's own screen has them."""
_WHEN, _NUMBER, _OWNER, _VALUE = 14, 9, 9, 10


def standing(card: BoardCard, now: datetime, zone: tzinfo) -> tuple[DueState, str]:
    """The state of a card and the word for it; of one in the archive, that it is there."""
    if card.archived:
        return DueState.CLOSED, say(N_("in the archive"))
    return card.state(now, zone), formats.when_word(card.facts(), now, zone)


class CardPainter(RowPainter[BoardCard]):
    """Paints cards as they are at `now` (aware) for a reader in `zone`."""

    def __init__(self, now: datetime, zone: tzinfo) -> None:
        self.now, self.zone = now, zone

    def stamp(self, row: BoardCard) -> Hashable:
        aside = put_off(row.snoozed_until, self.now)
        return row, row.state(self.now, self.zone), aside, self.now.astimezone(self.zone).date()

    def _aside(self, look: Look, row: BoardCard) -> str:
        """`z adiado 24/11` of a card that is put off."""
        if row.snoozed_until is None or not put_off(row.snoozed_until, self.now):
            return ""
        return f"{look.glyph('snoozed')} {formats.put_off_until(row.snoozed_until, self.now, self.zone)}"

    def paint(
        self, look: Look, row: BoardCard, width: int, *, cursor: bool, marked: bool, focused: bool
    ) -> Strip:
        state, said = standing(row, self.now, self.zone)
        closed = not row.listed
        when = look.pad(said, _WHEN)
        roomy = width >= WIDE
        title = width - 5 - _WHEN - 1 - _NUMBER - 1 - (_OWNER + _VALUE + 1 if roomy else 0)
        tone = "muted" if closed and not cursor else "text"
        aside = self._aside(look, row)
        title -= cells(aside) + 1 if aside else 0
        runs = [
            Run(look.glyph("bar") if cursor and focused else " ", "accent"),
            Run(" "),
            Run(f"{look.glyph(state)} {when} ", state),
            Run(f"{look.pad(row.number, _NUMBER)} ", "muted"),
            Run(look.pad(clean(row.title), title - 2 * row.reopened), tone, cursor),
        ]
        if aside:
            runs.append(Run(f" {aside}", "muted"))
        if row.reopened:
            runs.append(Run(f" {look.glyph('reopened')}", "internal"))
        if roomy:
            value = formats.money_list(row.value_cents, look.glyph("dash"))
            runs += [Run(f" {look.pad(row.owner or '', _OWNER)}", "muted"), Run(value.rjust(_VALUE))]
        return paint(look, runs, width, ground_of(cursor=cursor, marked=marked, focused=focused))
