"""Cards beyond the hand-made ones, in any number: two years of work, the more of it the nearer to today.

About 35% are closed; the open ones are due so that a day can be worked: `ana` has a dozen overdue at two hundred
cards, and of many thousands about 7% of hers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from crm_tui.domain.board import CardStatus
from crm_tui.store.demo.book import Book
from crm_tui.store.demo.company import House, StageOf
from crm_tui.store.demo.crowd import Crowd
from crm_tui.store.demo.days import Days
from crm_tui.store.demo.files import told
from crm_tui.store.demo.life import Life, Step
from crm_tui.store.demo.telling import Teller
from crm_tui.store.demo.ways import Ways
from crm_tui.store.demo.worn import Worn

_CLOSED_SHARE = 0.35
_HISTORY_DAYS = 720
_LONGEST_OPEN = 75
_BOARDS = ("Leads", "Vendas", "Suporte")
_BOARD_WEIGHTS = (18, 88, 100)
_OWNERS: dict[str, tuple[tuple[str, ...], tuple[int, ...]]] = {
    "Leads": (("ana", "beto", "carla", ""), (22, 60, 85, 100)),
    "Vendas": (("ana", "beto", "carla", ""), (23, 68, 98, 100)),
    "Suporte": (("davi", ""), (95, 100)),
}
"""Cumulative weights: ana has about a fifth of all."""
_FIRST_OVERDUE, _FIRST_TODAY = 12, 8
"""How many of ana's first generated cards are overdue and due today, so that small bases have a full day too."""
_STALE_SHARE = 0.12
_LABELLED_SHARE, _ONE_LABEL_SHARE, _LABEL_SEED = 0.35, 0.7, 7
_ENDS = ("won", "lost", "done")
_DAY_MINUTES = 1440


@dataclass(frozen=True, slots=True)
class _Card:
    """What the dice said of a card."""

    board: str
    owner: str
    path: list[StageOf]
    opened: datetime
    end: StageOf | None
    """Where a closed card ended."""


class Many:
    """Tells generated cards into the book, in the order in which they were opened."""

    def __init__(self, book: Book, house: House, days: Days, crowd: Crowd, rng: Random) -> None:
        self._book = book
        self._house = house
        self._days = days
        self._crowd = crowd
        self._rng = rng
        self._ways = Ways(tuple(house.channels.values()))
        self._label_rng = Random(_LABEL_SEED)  # noqa: S311  dice for a story, not a secret
        self._teller = Teller(house, rng)
        self._words = told("words")
        self._labels_of = {
            board: [name for name, label in house.labels.items() if label.board in ("", board)]
            for board in _BOARDS
        }
        self._paths = {board: house.path(board) for board in _BOARDS}
        self._numbers = dict.fromkeys(_BOARDS, 0)
        self._of_ana = 0

    def tell(self, count: int, taken: dict[str, set[int]], progress: Callable[[int], None]) -> None:
        """Tell that many cards; `taken` are the numbers that the hand-made ones bear."""
        moments = sorted(self._moment() for _ in range(count))
        for place, moment in enumerate(moments):
            minutes, closed = divmod(moment, 2)
            self._card(place, self._opened(minutes), bool(closed), taken)
            if place % 500 == 0:
                progress(place)

    def _moment(self) -> int:
        """Minutes from the beginning of the history to the opening, doubled; odd if the card is closed."""
        closed = self._rng.random() < _CLOSED_SHARE
        if closed:
            day = self._rng.randrange(0, _HISTORY_DAYS - 12)
        else:
            day = _HISTORY_DAYS - 1 - int(_LONGEST_OPEN * self._rng.random() ** 1.7)
        minute = day * _DAY_MINUTES + self._rng.randrange(8 * 60 + 5, 17 * 60 + 50)
        return minute * 2 + closed

    def _opened(self, minutes: int) -> datetime:
        day, minute = divmod(minutes, _DAY_MINUTES)
        return self._days.past(day - _HISTORY_DAYS, f"{minute // 60:02d}:{minute % 60:02d}")

    def _card(self, place: int, opened: datetime, closed: bool, taken: dict[str, set[int]]) -> None:
        rng, house = self._rng, self._house
        board = rng.choices(_BOARDS, cum_weights=_BOARD_WEIGHTS)[0]
        names, weights = _OWNERS[board]
        owner = rng.choices(names, cum_weights=weights)[0]
        if closed and not owner:
            owner = names[0]
        ends = [s for s in self._paths[board] if s.category in _ENDS]
        card = _Card(board, owner, self._paths[board], opened, rng.choice(ends) if closed else None)
        organization, contact, name = self._crowd.pair(place)
        life = Life(self._book, house, organization, contact)
        open_stages = [s for s in card.path if s.category in ("open", "paused")]
        goal = open_stages[min(int(rng.expovariate(0.4)), len(open_stages) - 1)] if owner else open_stages[0]
        touched = self._touched(card, goal)
        step = None if closed else self._step(card, touched)
        columns = self._columns(card, taken)
        times = self._times(card, touched, open_stages.index(goal))
        batch = self._book.batch(opened, house.users.get(owner))
        life.begin(batch, card.path[0], columns, self._step_on(times[0], card) if times else step)
        Worn(life, house, "").label(batch, self._labels(board))
        self._said(life, card, times, goal, step, name)
        if card.end is not None:
            self._close(life, card, card.end, (times or [opened])[-1])
        life.end()

    def _labels(self, board: str) -> list[str]:
        """One card in three wears one or two of the labels that its board has, by dice of their own: the other
        facts of a seed stay what they were."""
        if self._label_rng.random() > _LABELLED_SHARE:
            return []
        offered = self._labels_of[board]
        count = 1 if self._label_rng.random() < _ONE_LABEL_SHARE else 2
        return sorted(self._label_rng.sample(offered, count), key=offered.index)

    def _columns(self, card: _Card, taken: dict[str, set[int]]) -> dict[str, Any]:
        rng = self._rng
        number = self._numbers[card.board] + 1
        while number in taken[card.board]:
            number += 1
        self._numbers[card.board] = number
        value = monthly = 0
        if card.board == "Vendas" or (card.board == "Leads" and rng.random() < 0.3):
            value = int(10 ** rng.uniform(1.1, 2.9)) * 10_000
            monthly = rng.randrange(9, 90) * 1_000 if rng.random() < 0.25 else 0
        due = None
        if card.end is None and rng.random() < 0.3:
            due = self._days.day(rng.randrange(-6, 25))
        return {
            "number": f"{card.path[0].prefix}-{number:04d}",
            "title": rng.choice(self._words["titles"][card.board]),
            "owner_id": self._house.users.get(card.owner),
            "value_one_off": value,
            "value_recurring": monthly,
            "stage_due_on": due,
            **self._ways.of(card.board),
            "case_type_id": self._house.case_types.get(card.board),
        }

    def _touched(self, card: _Card, goal: StageOf) -> datetime:
        """When the card was last worked on: within its stage's patience, but for some that are stale."""
        rng, days = self._rng, self._days
        if not card.owner:
            return card.opened
        if card.end is not None:
            length = timedelta(days=3 + rng.random() * 45)
            return min(self._teller.office_hours(card.opened + length), days.past(-1, "17:30"))
        patience = goal.stale_days or 5
        age = (days.today - card.opened.date()).days
        if age > patience and rng.random() < _STALE_SHARE:
            ago = rng.randrange(patience, min(age, 40) + 1)
        else:
            ago = rng.randrange(1, max(1, min(age, patience - 3)) + 1)
        return max(card.opened, days.past(-ago, self._teller.clock()))

    def _times(self, card: _Card, touched: datetime, moves: int) -> list[datetime]:
        """The instants of the pareceres, the last at `touched`; none if nobody worked on the card yet."""
        if touched <= card.opened:
            return []
        count = max(1, min(moves, 4)) if card.end is None else self._rng.randrange(2, 5)
        span = touched - card.opened
        found, last = [], card.opened
        for n in range(1, count):
            at = self._teller.office_hours(card.opened + span * (n / count))
            if last < at < touched:
                found.append(at)
                last = at
        return [*found, touched]

    def _said(
        self, life: Life, card: _Card, times: Sequence[datetime], goal: StageOf, step: Step | None, name: str
    ) -> None:
        house = self._house
        reached = card.path.index(goal)
        for place, at in enumerate(times):
            is_last = place == len(times) - 1
            outcome = card.end.category if card.end is not None and is_last else ""
            note = self._teller.note(card.board, card.owner, at, first=place == 0, outcome=outcome)
            life.file(
                self._book.batch(at, house.users[card.owner]),
                note["text"].replace("{contact}", name),
                house.actions[note["action"]],
                house.results[note["result"]],
                house.mediums[note["medium"]],
                to=goal if is_last else card.path[min(place + 1, reached)],
                step=step if is_last else self._step_on(times[place + 1], card),
            )

    def _close(self, life: Life, card: _Card, end: StageOf, said: datetime) -> None:
        house = self._house
        status = CardStatus.CONVERTED if card.board == "Leads" and end.category == "done" else end.category
        reason = self._rng.choice(list(house.reasons.values())) if end.category == "lost" else None
        at = said + timedelta(minutes=1)
        batch = self._book.batch(at, house.users[card.owner])
        life.close(batch, end, CardStatus(status), at.date(), reason)

    def _step_on(self, at: datetime, card: _Card) -> Step | None:
        if not card.owner:
            return None
        subject = self._rng.choice(self._words["steps"][card.board])
        action = self._house.actions[self._teller.action_for(subject)]
        return Step(at.date(), subject, action, self._house.users[card.owner])

    def _step(self, card: _Card, touched: datetime) -> Step | None:
        """The step that is planned now, never due before the last touch; None for one card in seventeen."""
        days = self._days
        planned = self._step_on(touched, card)
        if planned is None:
            return None
        when, internal_on = self._when(card, max(1, (days.today - touched.date()).days))
        if when is None:
            return None
        return Step(when, planned.subject, planned.action, planned.assignee_id, internal_on)

    def _when(self, card: _Card, ago: int) -> tuple[date | datetime | None, date | None]:
        rng, days = self._rng, self._days
        chance = rng.random()
        if card.owner == "ana":
            self._of_ana += 1
            if self._of_ana <= _FIRST_OVERDUE:
                chance = 0.03
            elif self._of_ana <= _FIRST_OVERDUE + _FIRST_TODAY:
                chance = 0.06
        if chance < 0.01:
            return days.due(0, rng.choice(("08:30", "09:00", "09:30", "10:00"))), None
        if chance < 0.05:
            return days.due(-rng.randrange(1, min(ago, 12) + 1)), None
        if chance < 0.07:
            return days.due(0, rng.choice(("", "", "11:30", "14:00", "15:00", "16:30"))), None
        if chance < 0.13:
            return None, None
        ahead = 1 + int(45 * rng.random() ** 2)
        internal_on = days.day(-rng.randrange(0, 3)) if chance < 0.17 else None
        at = f"{rng.randrange(8, 18):02d}:{rng.choice(('00', '30'))}" if rng.random() < 0.35 else ""
        return days.due(ahead, at), internal_on
