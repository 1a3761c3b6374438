"""Boards, stages and cards: their rows as the screens see them, and the rules of moving.

Knows nothing of the store or the screen.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from enum import StrEnum

from crm_tui.domain.due import DueFacts, DueState, due_state


class CardKind(StrEnum):
    LEAD = "lead"
    OPPORTUNITY = "opportunity"
    TICKET = "ticket"
    DELIVERY = "delivery"


class CardStatus(StrEnum):
    OPEN = "open"
    PAUSED = "paused"
    WON = "won"
    LOST = "lost"
    CONVERTED = "converted"
    DONE = "done"


class StageCategory(StrEnum):
    OPEN = "open"
    PAUSED = "paused"
    WON = "won"
    LOST = "lost"
    DONE = "done"


class ReopenMode(StrEnum):
    FULL = "full"
    ADJUSTMENT = "adjustment"


@dataclass(frozen=True, slots=True)
class BoardCard:
    """A card as a column of the board shows it; units as in `followup.QueueRow`."""

    id: int
    number: str
    title: str
    party: str | None
    owner: str | None
    status: str
    due_on: date | None
    start_at: datetime | None
    internal_on: date | None
    value_cents: int
    stale_days: int | None
    late_days: int | None
    reopened: bool
    version: int

    def state(self, now: datetime, zone: tzinfo) -> DueState:
        closed = self.status not in (CardStatus.OPEN, CardStatus.PAUSED)
        return due_state(DueFacts(closed, self.due_on, self.start_at, self.internal_on), now, zone)


@dataclass(frozen=True, slots=True)
class StageHead:
    """The head of a column: how many cards, their sum and weighted sum in cents, the limit if there is one."""

    id: int
    name: str
    category: StageCategory
    position: int
    count: int
    value_cents: int
    weighted_cents: int
    wip_limit: int | None
