"""The follow-up list: its row, the order of the day, and which contact is next.

A row is an open card with its earliest planned activity (or none), or a planned activity without a card.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from enum import StrEnum
from typing import NamedTuple

from crm_tui.domain.board import is_closed
from crm_tui.domain.due import DueFacts, DueState, due_state


class QueueRow(NamedTuple):
    """One row of Hoje. `key` is the card's id, or minus the activity's id where there is no card.

    Money in cents (one-off plus recurring); `start_at` aware UTC; `stale_days` days since the last human
    touch once the stage's limit is reached, else None; `late_days` days past the stage's due date or None;
    `snoozed_until` until when it was put off, which may be over.
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
    step_version: int | None = None
    snoozed_until: datetime | None = None

    @property
    def closed(self) -> bool:
        return is_closed(self.status)

    def facts(self) -> DueFacts:
        return DueFacts(self.closed, self.due_on, self.start_at, self.internal_on)

    def state(self, now: datetime, zone: tzinfo) -> DueState:
        return due_state(self.facts(), now, zone)


class ContactFields(NamedTuple):
    """What a contato de venda says of itself beside its row: names, and its chance or its stage's, per cent. (B11)"""

    card_id: int
    medium: str | None
    referrer: str | None
    probability: int | None


class WhyNext(StrEnum):
    """Why a contact is the next one, in the order in which they are chosen. (MODEL.md §4, NextCard; M77, M78)"""

    TIME_NOW_DUE = "time_now_due"
    OVERDUE = "overdue"
    TODAY = "today"
    UNTAKEN_LEAD = "untaken_lead"
    NO_NEXT_STEP = "no_next_step"
    STALE = "stale"


class NextCard(NamedTuple):
    """The contact to attend now, and why this one."""

    key: int
    why: WhyNext


class Order(StrEnum):
    """By which column a list stands."""

    WHEN = "when"
    WHO = "who"
    WHAT = "what"
    STAGE = "stage"
    VALUE = "value"
    OWNER = "owner"
    BOARD = "board"
    NUMBER = "number"


class Sorting(NamedTuple):
    """The order of a list; `reverse` against the usual one, which for values is the largest first."""

    order: Order = Order.WHEN
    reverse: bool = False

    def by(self, order: Order) -> Sorting:
        """Another column; the same one again turns it round. (KEYS.md, `s` in lists)"""
        return Sorting(order, order is self.order and not self.reverse)

    @property
    def kept(self) -> str:
        """As a saved view keeps it: `value`, and `-value` if it is turned round."""
        return "-" * self.reverse + self.order.value

    @classmethod
    def of(cls, kept: str) -> Sorting | None:
        """What was kept so; None where it was nothing, or a column of a newer program."""
        column = kept.removeprefix("-")
        return cls(Order(column), kept != column) if column in {each.value for each in Order} else None


class Around(NamedTuple):
    """The open cards within reach, and how many of them colleagues own."""

    cards: int
    of_others: int


class DayDone(NamedTuple):
    """What an operator registered today: contacts, how many of them were overdue, how many due today."""

    contacts: int
    overdue: int
    today: int


@dataclass(frozen=True, slots=True)
class Group:
    """One due state in a list: how many rows stand together and their cents."""

    state: DueState
    count: int
    cents: int


@dataclass(frozen=True, slots=True)
class Queue:
    """The whole list by key, in order, with its groups; rows are read by page."""

    keys: array[int]
    groups: tuple[Group, ...]

    @property
    def cents(self) -> int:
        return sum(g.cents for g in self.groups)


class Step(NamedTuple):
    """A planned or done activity of a card; instants aware. `contact`: with whom, where that is said; `files`: how many
    are kept with it. (T52, T53)"""

    id: int
    subject: str
    action: str
    assignee: str
    due_on: date
    start_at: datetime | None
    internal_on: date | None
    state: str
    done_at: datetime | None
    result: str | None
    version: int
    contact: str | None
    files: int


class ResultRow(NamedTuple):
    """A result with its tone and the step that usually follows."""

    id: int
    name: str
    tone: str
    next_action_id: int | None
    next_action: str | None
