"""How a closed card comes to be worked on again: in full, as if it had never been closed, or for adjustments, which
leaves the sale and its closing date as they are. (E58, E60, E61, B53; MODEL.md §3, §4)

Knows nothing of the store or the screen.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final, NamedTuple

from crm_tui.domain.board import CardStatus, ReopenMode, is_closed
from crm_tui.domain.outcome import Instead, Refusal
from crm_tui.i18n import N_, Text

MODE_NAMES: Final[Mapping[ReopenMode, str]] = {
    ReopenMode.ADJUSTMENT: N_("for adjustments"),
    ReopenMode.FULL: N_("in full"),
}
"""What a way of reopening is called, in forms and in sentences."""


class Turned(NamedTuple):
    """Who closed or reopened a card last, and when."""

    who: str
    at: datetime


def may_reopen(status: CardStatus, turned: Turned | None) -> Refusal | None:
    """Whether a card of this status may be reopened; of one that is open, who was quicker is said."""
    if status is CardStatus.CONVERTED:
        return Refusal(Text("A converted card goes on as another one: work on that, or undo the conversion."))
    if is_closed(status):
        return None
    if turned is None:
        return Refusal(Text("This card is open: nothing to reopen."))
    facts = {"who": turned.who, "turned_at": turned.at.isoformat()}
    return Refusal(Text("{who} reopened this card on {turned_at}: it is open already.", facts))


def may_close(status: CardStatus, turned: Turned | None) -> Refusal | None:
    """Whether a card of this status may be won or lost; who closed it already is said. (MODEL.md §4, Card; K30)"""
    if not is_closed(status):
        return None
    if turned is None:
        return Refusal(Text("This card is closed already: reopen it first."))
    facts = {"who": turned.who, "turned_at": turned.at.isoformat()}
    return Refusal(Text("{who} closed this card on {turned_at}: reopen it first.", facts))


def allowed(mode: ReopenMode, *, board: str, full: bool, adjustment: bool) -> Refusal | None:
    """Whether the board lets its cards be reopened this way; where it does not, the other way is named."""
    open_to = {ReopenMode.FULL: full, ReopenMode.ADJUSTMENT: adjustment}
    if open_to[mode]:
        return None
    facts = {"board": board}
    if not any(open_to.values()):
        return Refusal(
            Text(
                "Closed cards of {board} stay closed: its settings allow no reopening. Copy the card to begin anew.",
                facts,
            )
        )
    if mode is ReopenMode.FULL:
        return Refusal(
            Text(
                "Cards of {board} are not reopened in full, which would undo the sale; for adjustments they may be.",
                facts,
            ),
            fields=("mode",),
            instead=(
                Instead(
                    Text("_Reopen for adjustments only: sale and closing date stay"),
                    {"mode": ReopenMode.ADJUSTMENT.value},
                ),
            ),
        )
    return Refusal(
        Text("Cards of {board} are not reopened for adjustments; in full they may be.", facts),
        fields=("mode",),
        instead=(
            Instead(Text("_Reopen in full: it closes anew, on a new date"), {"mode": ReopenMode.FULL.value}),
        ),
    )


def closes_on(said: date | None, before: date | None, mode: str | None, today: date) -> date:
    """The day on which a card counts as closed: the one that was said; of one that was reopened for adjustments the
    day of its first closing; else today. (E60, E61)"""
    if said is not None:
        return said
    return before if mode == ReopenMode.ADJUSTMENT and before is not None else today
