"""What a calendar file says of appointments: one frozen record for each event, whoever wrote the file. (X36, T61)

The reader makes them and the writer takes them, so that what goes out comes in as the same facts. Knows nothing of
lines and bytes (connectors), nor of who is an operator (services).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final, NamedTuple

from crm_tui.domain.agenda import Response
from crm_tui.i18n import Text

MAX_BYTES: Final = 10 * 1024 * 1024
"""Of a calendar file: some twenty years of a busy agenda."""
MAX_EVENTS: Final = 5_000
MAX_ATTENDEES: Final = 100
MAX_SUBJECT: Final = 200
MAX_LOCATION: Final = 200
MAX_BODY: Final = 10_000
"""Characters; what is longer is cut, as a description of half a megabyte would be read by nobody."""
MAX_OCCURRENCES: Final = 400
"""Of a series, in the window that is asked for."""
YEARS: Final = range(1900, 2200)
"""In which an appointment may lie; what lies elsewhere is a mistake of whoever wrote the file."""


class Method(StrEnum):
    """What the file is for; any other method is read as a plain publication."""

    PUBLISH = "PUBLISH"
    REQUEST = "REQUEST"
    REPLY = "REPLY"
    CANCEL = "CANCEL"


class Status(StrEnum):
    CONFIRMED = "CONFIRMED"
    TENTATIVE = "TENTATIVE"
    CANCELLED = "CANCELLED"


class Who(NamedTuple):
    """Somebody named in an event by an address (lower case, no `mailto:`)."""

    address: str
    name: str = ""
    response: Response = Response.NONE


@dataclass(frozen=True, slots=True)
class IcsEvent:
    """One event. With hours: `start` and `end` are aware instants and `zone` the clock they were agreed on. All day:
    the civil days `first_on` to `last_on`, the last one included; with hours these are its days on that clock.

    `rrule` is the rule without its name; `exdates` are the civil days, on the series' clock, that fall out of it, and
    `rdates` the instants (all day: days) that are added. `recurrence` names the occurrence of a series that this one
    stands for: an instant, or a day. `line` is where it begins in its file, 0 for one that is to be written.
    """

    uid: str
    summary: str
    all_day: bool
    first_on: date
    last_on: date
    zone: str
    start: datetime | None = None
    end: datetime | None = None
    sequence: int = 0
    rrule: str = ""
    exdates: tuple[date, ...] = ()
    rdates: tuple[date | datetime, ...] = ()
    recurrence: date | datetime | None = None
    organizer: Who | None = None
    attendees: tuple[Who, ...] = ()
    status: Status = Status.CONFIRMED
    private: bool = False
    busy: bool = True
    location: str = ""
    description: str = ""
    remind_minutes: int | None = None
    method: Method = Method.PUBLISH
    stamp: datetime | None = None
    line: int = 0

    @property
    def cancelled(self) -> bool:
        """Whether it is called off, by its own state or by what the file is for."""
        return self.status is Status.CANCELLED or self.method is Method.CANCEL


class Fault(NamedTuple):
    """What of a good file could not be taken, or only with a change: the line of the event, its title, and why."""

    line: int
    title: str
    reason: Text


@dataclass(frozen=True, slots=True)
class IcsFile:
    """A file that was read: its events in order, those that are broken (`faults`), what was taken with a change
    (`notices`), and how many components there were that are no events (to-dos, journals)."""

    name: str
    events: tuple[IcsEvent, ...]
    faults: tuple[Fault, ...] = ()
    notices: tuple[Fault, ...] = ()
    others: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    """All that a file says under one UID: the event itself, and the occurrences of it that differ."""

    uid: str
    main: IcsEvent | None
    changed: tuple[IcsEvent, ...] = ()

    @property
    def events(self) -> tuple[IcsEvent, ...]:
        return (*((self.main,) if self.main is not None else ()), *self.changed)


def grouped(events: Sequence[IcsEvent]) -> list[Group]:
    """The events by UID, in the order of the file. Of two that say the same UID and occurrence the newer one counts:
    by sequence, then by stamp, then by place."""
    found: dict[str, dict[date | datetime | None, IcsEvent]] = {}
    for event in events:
        of_uid = found.setdefault(event.uid, {})
        before = of_uid.get(event.recurrence)
        if before is None or _age(before) <= _age(event):
            of_uid[event.recurrence] = event
    return [
        Group(uid, of_uid.get(None), tuple(e for at, e in of_uid.items() if at is not None))
        for uid, of_uid in found.items()
    ]


def _age(event: IcsEvent) -> tuple[int, float]:
    return event.sequence, event.stamp.timestamp() if event.stamp is not None else 0.0
