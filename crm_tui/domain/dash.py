"""Painel: an operator's day and week in numbers. Row classes and pure sums over what was read; no store, no clock.

Every number here has rows behind it that a list of the program shows; where those are gone (what was open a month ago)
there is no number. (M76)
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo
from enum import StrEnum
from typing import Final, NamedTuple

from crm_tui.domain.board import weighted
from crm_tui.domain.due import DueFacts, DueState, due_state

FORTNIGHT: Final = 14
"""Days of a sparkline."""
LOST_DAYS: Final = 90
"""So many days back it is counted why cards are lost."""
WORKED: Final = 7
"""Days of work whose contacts are listed."""
_ONE_DAY: Final = timedelta(days=1)


class Kept(StrEnum):
    """What became of an appointment: held, missed, over without a word of it, still to come."""

    HELD = "held"
    MISSED = "missed"
    OVER = "over"
    COMING = "coming"


class Commitment(NamedTuple):
    """An appointment with an agreed hour (aware instants); `users` are those of the ones asked for who take part, `who`
    their logins."""

    id: int
    users: tuple[int, ...]
    card_id: int | None
    party_id: int | None
    party: str | None
    subject: str
    action: str
    number: str | None
    start_at: datetime
    end_at: datetime
    state: str
    location: str
    who: str = ""

    @property
    def whose(self) -> str:
        """The login of one, and how many more: `ana +2`."""
        first, *others = self.who.split(", ")
        return f"{first} +{len(others)}" if others else first

    @property
    def minutes(self) -> int:
        return int((self.end_at - self.start_at).total_seconds()) // 60

    def day(self, zone: tzinfo) -> date:
        """The civil day on which it begins for a reader in `zone`."""
        return self.start_at.astimezone(zone).date()

    def kept(self, now: datetime) -> Kept:
        """What became of it at `now`; one that is going on is still to come."""
        match self.state:
            case "done":
                return Kept.HELD
            case "no_show":
                return Kept.MISSED
        return Kept.OVER if self.end_at <= now else Kept.COMING


class DayKept(NamedTuple):
    """The commitments of a day by what became of them; `minutes` are those of all that were not missed."""

    day: date
    held: int
    missed: int
    over: int
    coming: int
    minutes: int

    @property
    def total(self) -> int:
        return self.held + self.missed + self.over + self.coming


class OpenStage(NamedTuple):
    """The open cards of one stage: how many, their cents, and the stage's chance in per cent."""

    board_id: int
    board: str
    stage_id: int
    probability: int | None
    cards: int
    cents: int


class Sum(NamedTuple):
    """So many cards, so many cents; `weighted` is what the chances of their stages leave of it."""

    cards: int = 0
    cents: int = 0
    weighted: int = 0


class OpenBoard(NamedTuple):
    """The open cards of one board."""

    board_id: int
    board: str
    sum: Sum


class Stopped(NamedTuple):
    """The cards of one stage that stand still or are late there: those that are either, and their cents."""

    board_id: int
    board: str
    stage_id: int
    stage: str
    stale: int
    late: int
    cards: int
    cents: int


class Lost(NamedTuple):
    """The cards that were lost for one reason (None: nobody said)."""

    reason_id: int | None
    reason: str
    cards: int
    cents: int


class Closed(NamedTuple):
    """A card that was won or lost: when, and why."""

    closed_on: date
    won: bool
    reason_id: int | None
    reason: str
    cents: int


class ContactDay(NamedTuple):
    """A day's registered contacts, and those of its date that are overdue still."""

    day: date
    done: int
    overdue: int


@dataclass(frozen=True, slots=True)
class Dash:
    """One look. `users` are whose numbers these are, `team` that they are the team's, `teams` that the viewer reads a
    team's; `overdue` and `due` (today and the days to come) count rows of Hoje by the day on which they fall due,
    `done` registered actions by day. All days are the viewer's in `zone`, `now` is aware."""

    now: datetime
    zone: tzinfo
    users: tuple[int, ...]
    team: bool = False
    teams: bool = False
    overdue: Mapping[date, int] = field(default_factory=dict)
    due: Mapping[date, int] = field(default_factory=dict)
    done: Mapping[date, int] = field(default_factory=dict)
    commitments: tuple[Commitment, ...] = ()
    open: tuple[OpenStage, ...] = ()
    closed: tuple[Closed, ...] = ()
    stopped: tuple[Stopped, ...] = ()
    worked: Collection[date] = ()
    """Of the last weeks' days, those on which the viewer works."""
    logins: Mapping[int, str] = field(default_factory=dict)

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()

    @property
    def week(self) -> tuple[date, date]:
        """Monday and Sunday."""
        return week_of(self.today)

    @property
    def days_before(self) -> list[date]:
        """The last fourteen days, today the last."""
        return [self.today - _ONE_DAY * n for n in range(FORTNIGHT)][::-1]

    @property
    def days_ahead(self) -> list[date]:
        """Today and the thirteen days to come."""
        return [self.today + _ONE_DAY * n for n in range(FORTNIGHT)]

    @property
    def overdue_count(self) -> int:
        return sum(self.overdue.values())

    @property
    def since_yesterday(self) -> int:
        """How many of those overdue fell due yesterday or today."""
        return sum(n for day, n in self.overdue.items() if day >= self.today - _ONE_DAY)

    @property
    def left_today(self) -> int:
        return self.due.get(self.today, 0)

    @property
    def done_today(self) -> int:
        return self.done.get(self.today, 0)

    @property
    def contacts(self) -> int:
        """The actions registered this week."""
        first, last = self.week
        return sum(n for day, n in self.done.items() if first <= day <= last)

    def contact_days(self) -> list[ContactDay]:
        """The last days of work, and any other on which something was done or fell due, today the last."""
        days = [
            day
            for day in self.days_before
            if day in self.worked or self.done.get(day) or self.overdue.get(day) or day == self.today
        ]
        return [ContactDay(day, self.done.get(day, 0), self.overdue.get(day, 0)) for day in days[-WORKED:]]

    # --- commitments (M76)

    def of_days(self, first: date, last: date) -> list[Commitment]:
        """The commitments that begin on these days, by hour."""
        return [each for each in self.commitments if first <= each.day(self.zone) <= last]

    @property
    def coming(self) -> list[Commitment]:
        """Those that have not begun, the next one first."""
        return [e for e in self.commitments if e.kept(self.now) is Kept.COMING and e.start_at > self.now]

    def kept_by_day(self) -> list[DayKept]:
        """The days of this week with what became of their commitments; a weekend without any is left out."""
        first, _ = self.week
        found = []
        for n in range(7):
            day = first + _ONE_DAY * n
            of_day = self.of_days(day, day)
            if of_day or n < 5 or day == self.today:
                found.append(kept_on(day, of_day, self.now))
        return found

    # --- cards

    def open_boards(self) -> list[OpenBoard]:
        """The open cards by board, in the boards' order."""
        boards: dict[int, OpenBoard] = {}
        for each in self.open:
            before = boards.get(each.board_id, OpenBoard(each.board_id, each.board, Sum())).sum
            worth = weighted(each.cents, each.probability)
            total = Sum(before.cards + each.cards, before.cents + each.cents, before.weighted + worth)
            boards[each.board_id] = OpenBoard(each.board_id, each.board, total)
        return [board for board in boards.values() if board.sum.cards]

    @property
    def open_sum(self) -> Sum:
        boards = [board.sum for board in self.open_boards()]
        return Sum(*(sum(numbers) for numbers in zip(*boards, strict=True))) if boards else Sum()

    @property
    def won(self) -> Sum:
        """What was won this month."""
        first = self.today.replace(day=1)
        return _summed(card.cents for card in self.closed if card.won and card.closed_on >= first)

    def won_on(self, day: date) -> int:
        """The cents won on a day."""
        return sum(card.cents for card in self.closed if card.won and card.closed_on == day)

    def lost(self) -> list[Lost]:
        """Why cards were lost in the last 90 days, the most frequent reason first."""
        since, found = self.today - _ONE_DAY * LOST_DAYS, dict[int | None, Lost]()
        for card in self.closed:
            if card.won or card.closed_on < since:
                continue
            before = found.get(card.reason_id, Lost(card.reason_id, card.reason, 0, 0))
            found[card.reason_id] = before._replace(cards=before.cards + 1, cents=before.cents + card.cents)
        return sorted(found.values(), key=lambda each: (-each.cards, -each.cents, each.reason))


def week_of(day: date) -> tuple[date, date]:
    """Monday and Sunday of a day's week."""
    first = day - _ONE_DAY * day.weekday()
    return first, first + _ONE_DAY * 6


def kept_on(day: date, commitments: Iterable[Commitment], now: datetime) -> DayKept:
    """What became of a day's commitments at `now`."""
    counted = dict.fromkeys(Kept, 0)
    minutes = 0
    for each in commitments:
        kept = each.kept(now)
        counted[kept] += 1
        minutes += each.minutes if kept is not Kept.MISSED else 0
    held, missed, over, coming = counted.values()
    return DayKept(day, held, missed, over, coming, minutes)


def due_days(
    facts: Mapping[DueFacts, int], now: datetime, zone: tzinfo
) -> tuple[dict[date, int], dict[date, int]]:
    """How many rows are overdue, and how many fall due yet, by the day on the clock of `zone`; rows without a date are
    neither."""
    overdue, due = dict[date, int](), dict[date, int]()
    for each, count in facts.items():
        day = each.start_at.astimezone(zone).date() if each.start_at is not None else each.due_on
        if day is not None:
            side = overdue if due_state(each, now, zone) is DueState.OVERDUE else due
            side[day] = side.get(day, 0) + count
    return overdue, due


def _summed(cents: Iterable[int]) -> Sum:
    found = list(cents)
    return Sum(len(found), sum(found))
