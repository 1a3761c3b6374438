"""The agenda: appointments as rows of a day, a week, a month. Row classes and pure rules; no store, no clock.

An appointment is an activity with an hour, or with whole days; what has a day alone is a step to do *without hour*.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta, tzinfo
from enum import StrEnum
from typing import Final, NamedTuple

from crm_tui.i18n import N_

LONGEST: Final = timedelta(days=7)
"""An appointment with hours lasts a week at most; what is longer has whole days. It bounds how far back is looked."""
LONGEST_DAYS: Final = 366
"""Days of an all-day appointment at most; longer absence is leave, in the working calendar."""
OVERNIGHT: Final = timedelta(hours=12)
"""What is said to end at an hour before its own ends on the next day, if that is less than this behind its begin; more
is taken for a slip."""
YEARS: Final = (1900, 2999)
"""An appointment is between them: near the ends of the calendar no hour can be told in another zone."""
_READ: Final = (date(YEARS[0] - 2, 1, 1), date(YEARS[1] + 2, 12, 31))


def within(day: date) -> date:
    """The day, or the nearest that is read at all: nothing stands before the first year or behind the last."""
    return min(max(day, _READ[0]), _READ[1])


class Response(StrEnum):
    """What somebody who was invited answered."""

    NONE = "none"
    ACCEPTED = "accepted"
    TENTATIVE = "tentative"
    DECLINED = "declined"


RESPONSE_NAMES: Final[Mapping[Response, str]] = {
    Response.NONE: N_("no answer yet"),
    Response.ACCEPTED: N_("accepted"),
    Response.TENTATIVE: N_("perhaps"),
    Response.DECLINED: N_("declined"),
}
"""What each answer is called."""


class Entry(NamedTuple):
    """One appointment in one operator's agenda (`user_id`); several operators of one appointment are several entries.

    `seen` false: the viewer learns the hours and that it takes time, not what or with whom (`subject`, `action`,
    `party` and `card` are empty then). With hours: `start_at` and `end_at` are aware instants. All day: the civil days
    `due_on` to `last_on`. `response` is this operator's own answer, None for whoever it belongs to.
    """

    id: int
    user_id: int
    assignee_id: int
    seen: bool
    subject: str
    action: str
    kind: str
    party: str | None
    card: str | None
    card_id: int | None
    party_id: int | None
    start_at: datetime | None
    end_at: datetime | None
    all_day: bool
    due_on: date
    last_on: date
    state: str
    busy: bool
    private: bool
    location: str
    response: str | None
    series_id: int | None
    deleted: bool
    version: int

    def day(self, zone: tzinfo) -> date:
        """The day on which it begins, on the clock of `zone`; of whole days the first."""
        return self.due_on if self.start_at is None else self.start_at.astimezone(zone).date()


class DayCount(NamedTuple):
    """What one operator has on one civil day of the viewer's: appointments by what became of them (`missed`: not held,
    cancelled or deleted), and steps without an hour, to do and done."""

    user_id: int
    day: date
    planned: int
    done: int
    missed: int
    untimed: int
    untimed_done: int


class Attendee(NamedTuple):
    """Who takes part beside whoever does it; exactly one of `user_id`, `party_id`, `address` is not None."""

    id: int
    user_id: int | None
    party_id: int | None
    address: str | None
    name: str
    response: str


class Appointment(NamedTuple):
    """Everything of one appointment that its screen shows; what the viewer may not see is empty, as in `Entry`."""

    id: int
    seen: bool
    subject: str
    description: str
    action_id: int
    action: str
    kind: str
    party_id: int | None
    party: str | None
    card_id: int | None
    card: str | None
    contact_id: int | None
    contact: str | None
    assignee_id: int
    assignee: str
    start_at: datetime | None
    end_at: datetime | None
    all_day: bool
    due_on: date
    last_on: date
    zone: str
    state: str
    busy: bool
    private: bool
    location: str
    remind_minutes: int | None
    series_id: int | None
    rrule: str
    occurrence_on: date | None
    deleted_at: datetime | None
    version: int
    attendees: tuple[Attendee, ...]


class Conflict(NamedTuple):
    """What somebody has at that time already; `subject` and `party` only where the viewer may see them."""

    activity_id: int
    user_id: int
    login: str
    subject: str
    party: str | None
    start_at: datetime | None
    end_at: datetime | None
    due_on: date
    last_on: date


class Reminder(NamedTuple):
    """An appointment that one wanted to be reminded of, so many `minutes` before it begins."""

    id: int
    subject: str
    party: str | None
    location: str
    start_at: datetime
    minutes: int

    def is_due(self, now: datetime) -> bool:
        """From then on until it begins."""
        return self.start_at - timedelta(minutes=self.minutes) <= now < self.start_at
