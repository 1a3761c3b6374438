"""The follow-up list: its row, the order of the day, and which contact is next.

A row is an open card with its earliest planned activity (or none), or a planned activity without a card.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from crm_tui.domain.due import DueFacts, DueState, due_state


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One row of Hoje. `key` is the card's id, or minus the activity's id where there is no card.

    Money in cents (one-off plus recurring); `start_at` aware UTC; `stale_days` days since the last human
    touch once the stage's limit is reached, else None; `late_days` days past the stage's due date or None.
    """

    key: int
    card_id: int | None
    activity_id: int | None
    number: str | None
    title: str
    subject: str | None
    party_id: int | None
    party: str | None
    owner_id: int | None
    owner: str | None
    board: str | None
    stage: str | None
    status: str
    due_on: date | None
    start_at: datetime | None
    internal_on: date | None
    value_cents: int
    stale_days: int | None
    late_days: int | None
    reopened: bool
    version: int

    @property
    def closed(self) -> bool:
        return self.status not in ("open", "paused")

    def facts(self) -> DueFacts:
        return DueFacts(self.closed, self.due_on, self.start_at, self.internal_on)

    def state(self, now: datetime, zone: tzinfo) -> DueState:
        return due_state(self.facts(), now, zone)
