"""What the place of free days has read, and what grid and hours look like by it. It knows no keys."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from crm_tui.domain import free
from crm_tui.domain.agenda import Entry
from crm_tui.domain.free import DayState, FreeDay, Spans
from crm_tui.i18n import C_, N_, say, say_in
from crm_tui.services.core.openings import Time
from crm_tui.ui import formats, spans
from crm_tui.widgets.free_grid import DayCell, Grid, GridRow
from crm_tui.widgets.hours_pane import Bar, Hours, Minutes
from crm_tui.widgets.looks import Run, clean

SIGNS = {
    DayState.OFF: "off",
    DayState.FREE: "free",
    DayState.PARTIAL: "partly",
    DayState.BUSY: "busy",
}
NEXT = 4
"""Common slots that are named."""
NEAR_DAYS = 6
"""Up to so many days ahead a moment is said by its weekday, else by its date."""


class Person(NamedTuple):
    """Who has a row."""

    id: int
    login: str


class Asked(NamedTuple):
    """What is read: whose days, from which day on, how many, for slots of how many minutes that `joint` have in
    common."""

    people: tuple[Person, ...]
    first: date
    span: int
    length: int
    joint: tuple[int, ...]

    @property
    def days(self) -> list[date]:
        """The days, from the first on."""
        return [self.first + timedelta(days=n) for n in range(self.span)]

    @property
    def users(self) -> list[int]:
        """The operators."""
        return [person.id for person in self.people]


@dataclass(slots=True)
class Loaded:
    """The answer to `asked`, as of `now` on the clock of `zone`."""

    asked: Asked
    now: datetime
    zone: ZoneInfo
    cells: Mapping[tuple[int, date], FreeDay] = field(default_factory=dict)
    times: Mapping[int, Time] = field(default_factory=dict)
    firsts: Mapping[int, datetime] = field(default_factory=dict)
    first_joint: datetime | None = None
    entries: Mapping[tuple[int, date], Sequence[Entry]] = field(default_factory=dict)
    _grid: tuple[frozenset[int], Grid] | None = None

    @property
    def today(self) -> date:
        """The viewer's day."""
        return self.now.astimezone(self.zone).date()

    def day_span(self, day: date) -> Spans:
        """A civil day of the viewer's."""
        return (free.whole(day, day, self.zone),)

    def free_of(self, users: Sequence[int]) -> Spans:
        """What these have in common."""
        return free.common(self.times[user].free for user in users if user in self.times)

    def slot(self, users: Sequence[int], day: date) -> int | None:
        """The first slot that these have in common on a day and that is still to come."""
        spans_ = free.shared(self.free_of(users), self.day_span(day))
        found = free.first_slots(spans_, self.asked.length, free.minute_after(self.now))
        return found[0] if found else None

    # --- the grid -----------------------------------------------------------------------------------------

    def grid(self, row: int, column: int, marks: Collection[int]) -> Grid:
        """Everybody's days; what a move of the cursor leaves as it was is kept."""
        key = frozenset(marks)
        if self._grid is None or self._grid[0] != key:
            self._grid = key, self._everybody(key)
        return replace(self._grid[1], row=row, column=column)

    def _everybody(self, marks: frozenset[int]) -> Grid:
        asked = self.asked
        rows = [
            GridRow(
                person.login,
                tuple(self._cell(person.id, day) for day in asked.days),
                self._moment(self.firsts.get(person.id)),
                person.id in marks,
            )
            for person in asked.people
        ]
        return Grid(
            tuple((f"{formats.weekday(day)}{day.day:02d}", self._idle(day)) for day in asked.days),
            say(N_("1st free")),
            tuple(rows),
            self._joint() if len(asked.joint) > 1 else None,
        )

    def _idle(self, day: date) -> bool:
        return all(
            cell.state is DayState.OFF
            for person in self.asked.people
            if (cell := self.cells.get((person.id, day))) is not None
        )

    def _cell(self, user: int, day: date) -> DayCell:
        found = self.cells.get((user, day))
        if found is None:
            return DayCell("free")
        if found.state is DayState.OFF:
            exception = self.times[user].working.calendar.exception(day) if user in self.times else None
            kind = exception.kind if exception is not None else None
            return DayCell("off", spans.why_off(found.title, kind, 3))
        return DayCell(SIGNS[found.state], spans.short_length(found.free))

    def _joint(self) -> GridRow:
        """Hours in which a slot has room for all of them; a whole day is as long as the shortest of theirs."""
        together = self.free_of(self.asked.joint)
        cells = []
        for day in self.asked.days:
            left = free.minutes(free.fitting(free.shared(together, self.day_span(day)), self.asked.length))
            states = [self.cells[user, day] for user in self.asked.joint if (user, day) in self.cells]
            if all(each.state is DayState.OFF for each in states):
                cells.append(DayCell("off"))
            elif left:
                whole = all(each.state is DayState.FREE for each in states)
                cells.append(DayCell("free" if whole else "partly", spans.short_length(left)))
            else:
                cells.append(DayCell("dash"))
        return GridRow(
            say_in("free day", C_("free day", "shared")),
            tuple(cells),
            self._moment(self.first_joint),
            joint=True,
        )

    def _moment(self, moment: datetime | None) -> str:
        """`seg 08:00`; further ahead `30/11 08h`."""
        if moment is None:
            return ""
        local = moment.astimezone(self.zone)
        if (local.date() - self.today).days <= NEAR_DAYS:
            return f"{formats.weekday(local.date())} {local:%H:%M}"
        hour = f"{local.hour:02d}h" if not local.minute else f"{local.hour}h{local.minute:02d}"
        return f"{local:%d/%m} {hour}"

    # --- the hours ----------------------------------------------------------------------------------------

    def hours(self, person: Person, day: date, shown: Sequence[Person], slot: int | None) -> Hours:
        """One cell opened, beside those that are chosen with it; `slot` is what is proposed."""
        bars = tuple(self._bar(each, day) for each in shown)
        found, words = None, ""
        if slot is not None:
            end = slot + self.asked.length
            found = (free.wall_minute(slot, self.zone), free.wall_minute(end, self.zone, ends=True))
            words = spans.between(free.clock(slot, self.zone), free.clock(end, self.zone))
        return Hours(
            f"{person.login}, {formats.weekday(day)} {day:%d/%m}",
            self._told(person, day),
            say(N_("hour")),
            bars,
            found,
            words,
            tuple(self._notes(person, day, shown)),
            _legend(),
        )

    def _bar(self, person: Person, day: date) -> Bar:
        time = self.times.get(person.id)
        if time is None:
            return Bar(person.login)
        whole = self.day_span(day)
        return Bar(
            person.login,
            self._minutes(free.shared(time.worked, whole)),
            self._minutes(free.shared(time.busy, whole)),
        )

    def _minutes(self, found: Spans) -> Minutes:
        zone = self.zone
        return tuple((free.wall_minute(a, zone), free.wall_minute(b, zone, ends=True)) for a, b in found)

    def _told(self, person: Person, day: date) -> str:
        cell, time = self.cells.get((person.id, day)), self.times.get(person.id)
        if cell is None or time is None:
            return ""
        if cell.state is DayState.OFF:
            return cell.title or say_in("free day", C_("free day", "off"))
        left = free.shared(time.free, self.day_span(day))
        if not left:
            return say_in("free day", C_("free day", "busy"))
        hours = ", ".join(
            spans.between(free.clock(a, self.zone), free.clock(b, self.zone, ends=True)) for a, b in left
        )
        return say(N_("free {length}: {hours}"), length=spans.length(free.minutes(left)), hours=hours)

    def _notes(self, person: Person, day: date, shown: Sequence[Person]) -> list[tuple[str, tuple[Run, ...]]]:
        busy = [
            Run(("   " if n else "") + self._entry(entry), whole=n > 0)
            for n, entry in enumerate(self.entries.get((person.id, day), ()))
        ]
        found = [(say(N_("Taken")), tuple(busy))] if busy else []
        after = max(free.minute_after(self.now), self.day_span(day)[0][0])
        slots = free.first_slots(self.free_of([each.id for each in shown]), self.asked.length, after, NEXT)
        words = [
            Run(("   " if n else "") + self._slot(each), "open", whole=True) for n, each in enumerate(slots)
        ]
        none = (Run(say(N_("no slot of this length in these days")), "muted"),)
        label = say(N_("Together")) if len(shown) > 1 else say(N_("Slots"))
        return [*found, (label, tuple(words) or none)]

    def _slot(self, minute: int) -> str:
        local = free.instant_of(minute).astimezone(self.zone)
        return f"{spans.weekday_and_day(local.date())} {local:%H:%M}"

    def _entry(self, entry: Entry) -> str:
        what = ", ".join(clean(each) for each in (entry.subject or entry.action, entry.party) if each)
        what = what or say(N_("taken"))
        if entry.start_at is None or entry.end_at is None:
            return f"{say(N_('all day'))} {what}"
        start, end = (formats.clock(each, self.zone) for each in (entry.start_at, entry.end_at))
        return f"{spans.between(start, end)} {what}"


def _legend() -> tuple[tuple[str, str, str], ...]:
    return (
        ("free", "open", say_in("free day", C_("free day", "free"))),
        ("partly", "busy", say(N_("in part"))),
        ("busy", "busy", say_in("free day", C_("free day", "busy"))),
        ("off", "muted", say(N_("off: day off, leave, holiday, no hours"))),
    )
