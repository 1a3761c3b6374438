"""From appointments to what the agenda's widgets draw: columns of the grid, cells of the month, rows of the list.

Pure over what was read; `now` and the zone come from the screen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from crm_tui.domain.activity import ActivityState
from crm_tui.domain.agenda import RESPONSE_NAMES, DayCount, Entry, Response
from crm_tui.domain.agenda_view import entry_state, minute_of, on_day, span
from crm_tui.domain.due import DueState
from crm_tui.domain.worktime import Interval
from crm_tui.i18n import N_, say, say_in, say_n
from crm_tui.screens.agenda.loaded import Loaded, View
from crm_tui.ui import formats
from crm_tui.ui.look import Look
from crm_tui.widgets.agenda_rows import Listed
from crm_tui.widgets.grid import GUTTER
from crm_tui.widgets.grid_layout import Block, Row, by_row, place, rows_of_day, shared_break
from crm_tui.widgets.grid_paint import Column
from crm_tui.widgets.looks import Run
from crm_tui.widgets.month import DayCell

_ONE_DAY: Final = timedelta(days=1)
LEAST: Final = 13
"""Cells of one person's day beside others at least, gap included."""
SLIM: Final = 4
SLIM_WIDE: Final = 7
"""Cells of a day on which nobody works and nothing is planned."""
LONG: Final = 100
"""Cells of screen from which days are said in full."""
GONE: Final = {
    ActivityState.CANCELED: N_("cancelled"),
    ActivityState.NO_SHOW: N_("not held"),
}
GONE_ROLE: Final = "off"
"""The sign of what is no more."""
HIDDEN: Final = N_("busy")
"""What is said of an appointment that one may not see."""


class Spot(NamedTuple):
    """What a column stands for: somebody's day."""

    day: date
    user: int


def gone(entry: Entry, *, several: bool = False) -> str:
    """Why an appointment is no more, in the agenda of one (not `several`) that one declined it; empty if it is."""
    if entry.deleted:
        return say(N_("deleted"))
    if entry.response == Response.DECLINED and entry.state == ActivityState.PLANNED and not several:
        return say(RESPONSE_NAMES[Response.DECLINED])
    word = GONE.get(ActivityState(entry.state))
    return say(word) if word is not None else ""


def glyph(entry: Entry, state: DueState) -> str:
    """The sign of an appointment: that of its due state, and a cross where it did not take place."""
    return GONE_ROLE if entry.deleted or entry.state in GONE else state.value


def hours_of(entry: Entry, zone: ZoneInfo, *, short: bool = False) -> str:
    """`09:00 a 11:00`, in a list `09:00-11:00`; of whole days that they are."""
    found = span(entry)
    if found is None:
        return say(N_("all day")) if entry.all_day else say(N_("without hour"))
    start, end = (formats.clock(each, zone) for each in found)
    return f"{start}-{end}" if short else say(N_("{start} to {end}"), start=start, end=end)


def words_of(entry: Entry) -> tuple[str, str]:
    """With whom, and what; of an internal one what it is, and its kind. (LOOK.md §9.6)"""
    if not entry.seen:
        return say(HIDDEN), ""
    subject = entry.subject or entry.action
    if entry.party:
        return entry.party, subject
    return subject, entry.action if entry.action != subject else ""


def ordered(loaded: Loaded) -> list[Spot]:
    """What the columns of the grid stand for, from left to right."""
    asked = loaded.asked
    if asked.view is View.DAY:
        return [Spot(asked.day, user) for user in asked.users]
    return [Spot(day, 0) for day in loaded.days]


def rows_for(loaded: Loaded, zone: ZoneInfo, *, fold: bool) -> tuple[Row, ...]:
    """The rows of the day; where room is short the break that all make is one row, unless something begins in it."""
    if not fold:
        return rows_of_day()
    asked = loaded.asked
    hours = [loaded.work(user, day, zone) for user in asked.users for day in loaded.days]
    pause = shared_break(hours)
    if pause is not None:
        for day in loaded.days:
            for entry in loaded.entries:
                part = on_day(entry, day, zone)
                if part is not None and pause[0] <= part[0] < pause[1]:
                    return rows_of_day()
    return rows_of_day(pause)


class Drawn:
    """Makes the columns of one look, at `now`, for a screen of so many cells."""

    def __init__(self, loaded: Loaded, look: Look, now: datetime, zone: ZoneInfo, width: int) -> None:
        self.loaded, self.look, self.now, self.zone, self.width = loaded, look, now, zone, width
        self.today = now.astimezone(zone).date()
        self._states: dict[int, DueState] = {}

    @cached_property
    def _of_day(self) -> dict[date, list[tuple[Entry, Interval | None]]]:
        """The entries of each day with the minutes that they take (None: all day), each day in their order: gone
        through once, not once for each day."""
        first, last = self.loaded.asked.days
        found: dict[date, list[tuple[Entry, Interval | None]]] = {day: [] for day in self.loaded.days}
        for entry in self.loaded.entries:
            begin, end = entry.due_on, entry.last_on
            hours = span(entry)
            if hours is not None:
                begin, end = (each.astimezone(self.zone).date() for each in hours)
            day, end = max(begin, first), min(end, last)
            while day <= end:
                part = on_day(entry, day, self.zone) if hours is not None else None
                if part is not None or hours is None:
                    found[day].append((entry, part))
                day += _ONE_DAY
        return found

    def state(self, entry: Entry) -> DueState:
        """The due state of an appointment at this moment."""
        found = self._states.get(entry.id)
        if found is None:
            found = self._states[entry.id] = entry_state(entry, self.now, self.zone)
        return found

    def opening(self) -> int:
        """The minute that stands first: when work begins earliest, eight o'clock if nobody works."""
        asked = self.loaded.asked
        begins = [h[0][0] for u in asked.users for d in self.loaded.days if (h := self._work(u, d))]
        return min(begins, default=8 * 60)

    def _work(self, user: int, day: date) -> tuple[tuple[int, int], ...]:
        return self.loaded.work(user, day, self.zone)

    def columns(self, rows: Sequence[Row]) -> list[Column]:
        """Every column, in sight or not."""
        spots = ordered(self.loaded)
        made = [self._column(spot, rows) for spot in spots]
        weekly = self.loaded.asked.view is View.WEEK
        widths = self._week(made) if weekly else self._people(len(made))
        return [replace(column, width=width) for column, width in zip(made, widths, strict=True)]

    def _week(self, columns: Sequence[Column]) -> list[int]:
        """Days off are narrow while they are empty; the others share the room."""
        slim = SLIM_WIDE if self.width >= LONG else SLIM
        narrow = [column.quiet and not column.off for column in columns]
        if all(narrow):
            narrow = [False] * len(columns)
        room = self.width - GUTTER - slim * sum(narrow)
        each = room // (len(columns) - sum(narrow))
        return [slim if thin else each for thin in narrow]

    def _people(self, count: int) -> list[int]:
        """As many as fit side by side share the room."""
        room = self.width - GUTTER
        fit = max(1, min(count, room // LEAST))
        return [room // fit] * count

    def _column(self, spot: Spot, rows: Sequence[Row]) -> Column:
        loaded, day = self.loaded, spot.day
        asked = loaded.asked
        people = (spot.user,) if spot.user else asked.users
        several = len(asked.users) > 1 and not spot.user
        blocks: list[Block] = []
        band: list[Block] = []
        seen: set[int] = set()
        for entry, part in self._of_day.get(day, ()):
            if entry.id in seen or (spot.user and entry.user_id != spot.user):
                continue
            seen.add(entry.id)
            made = self.block(entry, part or (0, 0), several=several)
            (blocks if part is not None else band).append(made)
        placed = place(blocks, rows)
        work = _any_of([loaded.work(user, day, self.zone) for user in people])
        off = next((name for user in people if (name := loaded.off(user, day))), "") if not work else ""
        runs = self._counts(day, people)
        name = self._name(spot)
        now = minute_of(self.now, day, self.zone) if day == self.today else None
        closed = [Run(self.look.glyph("off"), "muted")] if not work else []
        holiday = [Run(f"{self.look.glyph('off')} {say(N_('holiday'))}", "muted")] if off else closed
        return Column(
            name,
            0,
            placed,
            tuple(band),
            work,
            tuple(_spread(runs or holiday)),
            tuple(_spread([*_brief(self.look, runs), *closed])),
            off,
            now,
            quiet=not work and not blocks and not band,
            standing=by_row(placed),
        )

    def _name(self, spot: Spot) -> str:
        """The heading of a column: its day, or whose it is."""
        if spot.user and len(self.loaded.asked.users) > 1:
            return self.loaded.names.get(spot.user, "?")
        word = f"{formats.weekday(spot.day)} {spot.day.day}"
        if self.width >= LONG and spot.day == self.today:
            return f"{word} {say_in('day', 'today')}"
        if self.width < LONG and spot.day.weekday() >= 5 and not self._work_of(spot):
            return formats.weekday(spot.day)
        return word

    def _work_of(self, spot: Spot) -> bool:
        people = (spot.user,) if spot.user else self.loaded.asked.users
        return any(self._work(user, spot.day) for user in people)

    def _counts(self, day: date, users: Iterable[int]) -> list[Run]:
        """Steps of the day without an hour, the overdue ones first: `! 1 ● 2 sem hora`."""
        found = [self.loaded.counts.get((user, day)) for user in users]
        untimed = sum(each.untimed for each in found if each is not None)
        done = sum(each.untimed_done for each in found if each is not None)
        state = (
            DueState.OVERDUE if day < self.today else DueState.TODAY if day == self.today else DueState.OPEN
        )
        runs = [Run(f"{self.look.glyph(state)} {untimed}", state)] if untimed else []
        if done:
            runs.append(Run(f"{self.look.glyph('closed')} {done}", "muted"))
        if runs:
            runs.append(Run(say(N_("without hour")), "muted"))
        return runs

    def block(self, entry: Entry, part: tuple[int, int], *, several: bool) -> Block:
        """One appointment as the grid draws it; `several`: it says whose it is, too."""
        state = self.state(entry)
        who, what = words_of(entry)
        if several:
            names = (self.loaded.names.get(user, "?") for user in self.loaded.whose(entry.id))
            what = "  ".join(each for each in (", ".join(names), what) if each)
        told = gone(entry, several=several)
        if told:
            what = "  ".join(each for each in (told, what) if each)
        hours = hours_of(entry, self.zone)
        return Block(
            entry.id, *part, state.value, glyph(entry, state), who, what, hours, entry.location, bool(told)
        )

    # --- month and list -----------------------------------------------------------------------------------

    def month(self) -> list[DayCell]:
        """The cells of the month's sheet."""
        return [self._day(day) for day in self.loaded.days]

    def _day(self, day: date) -> DayCell:
        loaded = self.loaded
        users = loaded.asked.users
        found = [each for user in users if (each := loaded.counts.get((user, day))) is not None]
        there = [] if loaded.more else self.of_cell(day)
        numbers = self._counted(day, found) if loaded.more else Counter(role for role, _ in there)
        off = next((name for user in users if (name := loaded.off(user, day))), "")
        return DayCell(
            day,
            tuple(
                Run(f"{self.look.glyph(role)}{numbers[role]}", "muted" if role == GONE_ROLE else role)
                for role in (DueState.OVERDUE, DueState.TODAY, DueState.OPEN, DueState.CLOSED, GONE_ROLE)
                if numbers[role]
            ),
            tuple(self._untimed(day, sum(each.untimed for each in found))),
            tuple(
                (DueState.CLOSED if role == GONE_ROLE else role, words_of(entry)[0]) for role, entry in there
            ),
            off,
            not any(self._work(user, day) for user in users),
            day.month != loaded.asked.day.month,
            day == self.today,
        )

    def of_cell(self, day: date) -> list[tuple[str, Entry]]:
        """The appointments of a day, each once, with the role under which its cell counts it; what is no more last."""
        several = len(self.loaded.asked.users) > 1
        there = {entry.id: entry for entry, _ in self._of_day.get(day, ())}.values()
        roles = [(GONE_ROLE if gone(e, several=several) else self.state(e).value, e) for e in there]
        return sorted(roles, key=lambda each: each[0] == GONE_ROLE)

    def _counted(self, day: date, found: Sequence[DayCount]) -> Counter[str]:
        """The same of so many people that their appointments are not read: of a day that is over all that is planned
        is overdue."""
        planned, late = sum(each.planned for each in found), 0
        if day <= self.today:
            there = self._of_day.get(day, ())
            late = sum(self.state(e) is DueState.OVERDUE for e, _ in there) if day == self.today else planned
        return Counter(
            {
                DueState.OVERDUE: min(late, planned),
                DueState.TODAY if day == self.today else DueState.OPEN: planned - min(late, planned),
                DueState.CLOSED: sum(each.done for each in found),
                GONE_ROLE: sum(each.missed for each in found),
            }
        )

    def _untimed(self, day: date, n: int) -> list[Run]:
        """Steps of the day without an hour, in full and in short."""
        if not n:
            return []
        tone = DueState.OVERDUE.value if day < self.today else "muted"
        return [Run(say_n("{n} no hour", "{n} no hour", n), tone), Run(say(N_("{n} n/h"), n=n), tone)]

    def numbers(self, day: date) -> list[Run]:
        """What a day of the month holds, said in one line."""
        cell = self._day(day)
        steps = _spread(self._counts(day, self.loaded.asked.users))
        return [*_spread(cell.counts), *([Run("   ")] if cell.counts and steps else ()), *steps]

    def listed(self) -> list[Listed]:
        """The rows of the list, by day and hour."""
        loaded = self.loaded
        several = len(loaded.asked.users) > 1
        entries = sorted(
            loaded.once(), key=lambda e: (self.day_of(e), not e.all_day, e.start_at or self.now, e.id)
        )
        rows = []
        for entry in entries:
            state = self.state(entry)
            who, what = words_of(entry)
            if not entry.party:
                who, what = "", who
            names = (
                ", ".join(loaded.names.get(user, "?") for user in loaded.whose(entry.id)) if several else ""
            )
            day = formats.day_word(self.day_of(entry), self.today)
            rows.append(
                Listed(
                    entry.id,
                    day,
                    hours_of(entry, self.zone, short=True),
                    state.value,
                    glyph(entry, state),
                    who,
                    what,
                    entry.location,
                    names,
                    gone(entry, several=several),
                )
            )
        return rows

    def day_of(self, entry: Entry) -> date:
        """The reader's day on which an appointment begins, or of those shown the first on which it lasts."""
        return max(entry.day(self.zone), self.loaded.days[0])


def _any_of(hours: Sequence[tuple[tuple[int, int], ...]]) -> tuple[tuple[int, int], ...]:
    """When any of several works: their intervals as one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(part for day in hours for part in day):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)


def _spread(runs: Sequence[Run]) -> list[Run]:
    """Runs with a blank between them."""
    return [part for n, run in enumerate(runs) for part in ((Run(" "), run) if n else (run,))]


def _brief(look: Look, runs: Sequence[Run]) -> list[Run]:
    """Signs with their numbers, without a blank between them and without words: `!1 ●2`."""
    return [
        run._replace(text=run.text.replace(" ", "", 1))
        for run in runs
        if run.text[-1:].isdigit() and run.fg != "muted"
    ]
