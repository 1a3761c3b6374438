"""The six due states: one function, used by list, board, card, person and command line alike.

Its SQL twin is in `store/queries/followup.py`; a property test holds the two together. (B24-B29, X1, X2)
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from enum import StrEnum


class DueState(StrEnum):
    """In the order in which lists show them; the values are those of the command line's JSON."""

    OVERDUE = "overdue"
    TODAY = "today"
    INTERNAL = "internal"
    OPEN = "open"
    NONE = "none"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class DueFacts:
    """What the state is derived from. `start_at` is an aware instant; `due_on`, `internal_on` civil dates."""

    closed: bool = False
    due_on: date | None = None
    start_at: datetime | None = None
    internal_on: date | None = None


def due_state(facts: DueFacts, now: datetime, zone: tzinfo) -> DueState:
    """The state at `now` (aware), asked in the viewer's `zone`: never stored, always derived.

    Timed steps are compared as instants and their day is the viewer's; date-only ones by civil date.
    Precedence: closed, overdue, today, internal, open, none.
    """
    if facts.closed:
        return DueState.CLOSED
    today = now.astimezone(zone).date()
    if facts.start_at is not None:
        day = facts.start_at.astimezone(zone).date()
        if facts.start_at <= now:
            return DueState.OVERDUE
    elif facts.due_on is not None:
        day = facts.due_on
    else:
        return DueState.NONE
    if day < today:
        return DueState.OVERDUE
    if day == today:
        return DueState.TODAY
    if facts.internal_on is not None and facts.internal_on <= today:
        return DueState.INTERNAL
    return DueState.OPEN
