"""What the agenda holds in memory: the appointments of the people and the days that are shown, and nothing else.

Read through views, one look per period: moving the cursor reads nothing. Knows no widget and no key.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple
from zoneinfo import ZoneInfo

from crm_tui.domain.agenda import DayCount, Entry
from crm_tui.domain.agenda_view import local_hours
from crm_tui.domain.worktime import Hours
from crm_tui.screens.core.reach import reaches
from crm_tui.services.access import views as access
from crm_tui.services.agenda import views
from crm_tui.services.agenda.worked import working
from crm_tui.services.core.crm import Crm
from crm_tui.services.core.hours import Working

LISTED = 28
"""Days of the list."""
NAMED = 3
"""People of whom the month says appointments by name; of more it says numbers alone."""
SHEET = 42
"""Days of the month's sheet."""


class View(StrEnum):
    """The four ways in which an agenda is shown."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    LIST = "list"


class Asked(NamedTuple):
    """What is asked for: a view of the days around one, of these users; `past`: the list shows what is over, too;
    `deleted`: what was cancelled or deleted is shown, too. (B14, B15)"""

    view: View
    day: date
    users: tuple[int, ...]
    past: bool = False
    deleted: bool = False

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day shown."""
        if self.view is View.DAY:
            return self.day, self.day
        if self.view is View.LIST:
            before = LISTED if self.past else 0
            return self.day - timedelta(days=before), self.day + timedelta(days=LISTED - 1)
        first = self.day if self.view is View.WEEK else self.day.replace(day=1)
        first -= timedelta(days=first.weekday())
        return first, first + timedelta(days=6 if self.view is View.WEEK else SHEET - 1)

    def turned(self, periods: int) -> Asked:
        """The same so many periods later; of a month the same day, or its last one."""
        if self.view is View.MONTH:
            months = self.day.year * 12 + self.day.month - 1 + periods
            year, month = divmod(months, 12)
            following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
            last = following - timedelta(days=1)
            return self._replace(day=last.replace(day=min(self.day.day, last.day)))
        step = {View.DAY: 1, View.WEEK: 7, View.LIST: LISTED}[self.view]
        return self._replace(day=self.day + timedelta(days=periods * step))


@dataclass(frozen=True)
class Loaded:
    """One look. `entries` are by operator, then by hour; `counts` by operator and day; `names` are logins."""

    asked: Asked
    entries: Sequence[Entry] = ()
    counts: Mapping[tuple[int, date], DayCount] = field(default_factory=dict)
    hours: Mapping[int, Working] = field(default_factory=dict)
    names: Mapping[int, str] = field(default_factory=dict)
    more: bool = False
    """Of so many people the month's names were not read."""

    @property
    def days(self) -> tuple[date, ...]:
        """Every day shown."""
        first, last = self.asked.days
        return tuple(first + timedelta(days=n) for n in range((last - first).days + 1))

    def work(self, user: int, day: date, zone: ZoneInfo) -> Hours:
        """The minutes that somebody works on a civil day of the reader's."""
        found = self.hours.get(user)
        return () if found is None else local_hours(found.calendar, found.zone, day, zone)

    def off(self, user: int, day: date) -> str:
        """What a day off is called, if it has a name."""
        found = self.hours.get(user)
        differs = found.calendar.exception(day) if found is not None else None
        return (differs.title or "") if differs is not None and not differs.hours else ""

    def find(self, key: int) -> Entry | None:
        """An appointment by its id."""
        return next((entry for entry in self.entries if entry.id == key), None)

    def whose(self, key: int) -> tuple[int, ...]:
        """In whose agendas an appointment stands, of those shown."""
        return self._people.get(key, ())

    @cached_property
    def _people(self) -> Mapping[int, tuple[int, ...]]:
        """Found once: of fifty people it was looked for in two thousand entries for each of them."""
        found: dict[int, tuple[int, ...]] = {}
        for entry in self.entries:
            found[entry.id] = (*found.get(entry.id, ()), entry.user_id)
        return found

    def once(self) -> list[Entry]:
        """Every appointment once, whoever takes part."""
        return list({entry.id: entry for entry in reversed(self.entries)}.values())[::-1]


def logins(crm: Crm) -> dict[int, str]:
    """The login of every operator, as far as one may know them; one's own always."""
    found = {crm.viewer.user_id: crm.viewer.login}
    if reaches(crm, access.users):
        found |= {user.id: user.login for user in crm.read(access.users, active=False)}
    return found


def read(crm: Crm, asked: Asked) -> Loaded:
    """What is asked for, in a handful of queries whatever the size of the base."""
    first, last = asked.days
    users = [*asked.users]
    sheet = asked.view is View.MONTH
    many = sheet and len(users) > NAMED
    if many:
        today = crm.clock().astimezone(crm.viewer.zone).date()
        entries = crm.read(views.agenda, users, today, today) if first <= today <= last else []
    else:
        entries = crm.read(views.agenda, users, first, last, deleted=asked.deleted)
    return Loaded(
        asked,
        entries,
        {} if asked.view is View.LIST else crm.read(views.counts, users, first, last, deleted=asked.deleted),
        crm.read(working, users, first, last),
        logins(crm) if len(users) > 1 or users[0] != crm.viewer.user_id else {users[0]: crm.viewer.login},
        many,
    )
