"""Where a card goes beyond its board, what becomes of it there, and how long it has stood still.

Within sales (leads, deals) and within service (tickets, deliveries) a card moves and keeps its number for life; from
one to the other a new card is made, which names the one that it came from. (MODEL.md §3; K2, K30)
Knows nothing of the store or the screen.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from crm_tui.domain.board import CardKind, CardStatus, is_closed
from crm_tui.domain.outcome import Refusal
from crm_tui.domain.party import Lifecycle
from crm_tui.i18n import Text, text_n

SERVICE: Final = frozenset((CardKind.TICKET, CardKind.DELIVERY))
"""The kinds of card that serve a customer; the others win one."""


class Kin(NamedTuple):
    """Another card of the same journey, as the opened card names it: the one that it came of (`origin`), one that came
    of it (`made`), or a more distant one; `seen`: whether one may open it. (M35, M72)"""

    id: int
    number: str
    title: str
    kind: str
    board: str
    stage: str
    status: str
    relation: str
    seen: bool = True


class Idle(NamedTuple):
    """What last reset a card's clock, by whom and when; `days` since then, `limit` its stage's. (K8-K10)

    `held_until`: the day of the next step that holds the days, where the board says so; `kind` and `params` are
    those of the event, empty where none is known.
    """

    touched_at: datetime
    days: int
    limit: int | None
    held_until: date | None
    kind: str
    params: Mapping[str, Any]
    who: str | None

    @property
    def stale(self) -> bool:
        """Whether the card stands out for it."""
        return self.limit is not None and self.days >= self.limit and self.held_until is None


class Gone(NamedTuple):
    """A card that was deleted, for whoever still has it open."""

    number: str
    title: str
    who: str | None
    at: datetime


def one_kind(kind: str, to: str) -> bool:
    """Whether a card of one kind goes on as the other by moving; else a new card is made there."""
    return (kind in SERVICE) == (to in SERVICE)


def may_go(kind: str, to: str, status: str, *, same_board: bool) -> Refusal | None:
    """Whether a card may be sent to a board of this kind. (K30)"""
    if is_closed(status):
        return Refusal(Text("A closed card is not moved: reopen it first."))
    if same_board:
        return Refusal(
            Text("The card is on that board already: choose another, or move it to another stage."),
            fields=("board",),
        )
    if not one_kind(kind, to):
        return Refusal(
            Text("Sales and service have cards of their own: convert it, so that both are kept."),
            fields=("board",),
        )
    return None


def may_become_customer(kind: str, status: str, lifecycle: str | None, *, converted: bool) -> Refusal | None:
    """Whether a card's person may become a customer by it; a closed lead is not opened by it again. (K30, K47)"""
    if converted or status == CardStatus.CONVERTED:
        return Refusal(Text("This card was converted already."))
    if kind == CardKind.LEAD:
        if is_closed(status):
            return Refusal(Text("This card is closed already: reopen it first."))
    elif lifecycle == Lifecycle.CUSTOMER:
        return Refusal(Text("This person is a customer already."))
    return None


def serves(kind: str) -> Refusal | None:
    """A service is done on a board of tickets or deliveries, and a service is not converted into another. (K48)"""
    if kind in SERVICE:
        return None
    return Refusal(Text("That is no board of tickets or deliveries: choose one."), fields=("board",))


def over_limit(stage: str, held: int, limit: int | None) -> Text | None:
    """What is said of a stage that holds more cards than it should: it takes them all the same."""
    if limit is None or held <= limit:
        return None
    return text_n(
        "{stage} now holds {n} card, its limit is {limit}",
        "{stage} now holds {n} cards, its limit is {limit}",
        held,
        stage=stage,
        limit=limit,
    )
