"""The cards that were made by hand: `data/demo/cards.csv` with their words, told relative to today.

Knows the files of ingredients; knows nothing of how a row or an event is written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from crm_tui.domain.board import CardStatus
from crm_tui.store.demo.book import Book
from crm_tui.store.demo.company import House, StageOf
from crm_tui.store.demo.days import Days
from crm_tui.store.demo.files import lines, told
from crm_tui.store.demo.forms import Answered, FormOf
from crm_tui.store.demo.life import Life, Step
from crm_tui.store.demo.meetings import people_of
from crm_tui.store.demo.parties import Directory
from crm_tui.store.demo.sold import Sold
from crm_tui.store.demo.telling import Teller
from crm_tui.store.demo.ways import Ways
from crm_tui.store.demo.worn import Worn

_FIRST_NUMBER = {"Leads": 41, "Vendas": 101, "Suporte": 894}
_LEADS, _NEW = "Leads", "Novo"
"""On this board, and in this stage, all know how a card came and how interested its person is."""
_WON_BEFORE = 20
"""Days from the sale of a reopened card to its last touch."""
_CLOSED = {"won": CardStatus.WON, "lost": CardStatus.LOST, "done": CardStatus.DONE}


@dataclass(frozen=True, slots=True)
class Story:
    """A line of the file; days count from today, money in whole reais."""

    board: str
    number: str
    stage: str
    owner: str
    party: str
    title: str
    value: int
    monthly: int
    opened: tuple[int, str]
    touched: tuple[int, str]
    due: int | None
    at: str
    what: str
    who: str
    internal: int | None
    late: int | None
    closed: int | None
    outcome: str

    @property
    def key(self) -> str:
        """The name under which notes.toml has its words."""
        return f"{self.party}: {self.title}"


def read() -> list[Story]:
    """All stories, the most telling first."""
    return [_story(line) for line in lines("cards")]


def _story(line: dict[str, str]) -> Story:
    return Story(
        board=line["board"],
        number=line["number"],
        stage=line["stage"],
        owner=line["owner"],
        party=line["party"],
        title=line["title"],
        value=int(line["value"]),
        monthly=int(line["monthly"] or 0),
        opened=_moment(line["opened"]),
        touched=_moment(line["touched"]),
        due=_whole(line["due"]),
        at=line["at"],
        what=line["what"],
        who=line["who"],
        internal=_whole(line["internal"]),
        late=_whole(line["late"]),
        closed=_whole(line["closed"]),
        outcome=line["outcome"],
    )


def _whole(text: str) -> int | None:
    return int(text) if text else None


def _moment(text: str) -> tuple[int, str]:
    day, _, clock = text.partition(" ")
    return int(day), clock


class Stories:
    """Tells the hand-made cards into the book."""

    def __init__(
        self,
        book: Book,
        house: House,
        days: Days,
        directory: Directory,
        rng: Random,
        forms: Mapping[str, FormOf],
    ) -> None:
        self._book = book
        self._forms = forms
        self._house = house
        self._days = days
        self._directory = directory
        self._rng = rng
        self._words = told("notes")
        self._places = {line["card"]: line for line in told("meetings")["places"]}
        self._teller = Teller(house, rng)
        self._ways = Ways(tuple(house.channels.values()))
        self.card_ids: dict[str, int] = {}
        self.numbers: dict[str, set[int]] = {board: set() for board in _FIRST_NUMBER}

    def tell(self, stories: list[Story]) -> None:
        """Tell the cards in the order in which they were opened."""
        for story in stories:
            if story.number:
                self.numbers[story.board].add(int(story.number))
        for story in sorted(stories, key=lambda s: (s.opened[0], s.opened[1] or "09:00")):
            self._card(story)

    def _number(self, story: Story) -> int:
        if story.number:
            return int(story.number)
        number = _FIRST_NUMBER[story.board]
        while number in self.numbers[story.board]:
            number += 1
        self.numbers[story.board].add(number)
        return number

    def _card(self, story: Story) -> None:
        house, days = self._house, self._days
        owner_id = house.users.get(story.owner)
        opened = days.past(story.opened[0], story.opened[1] or self._clock(story.opened[0]))
        org, contact, name = self._directory.take(story.party, opened, owner_id, self._book)
        life = Life(self._book, house, org, contact)
        path = house.path(story.board)
        target = house.stages[story.board, story.stage]
        notes = self._notes(story, opened)
        columns: dict[str, Any] = {
            "number": f"{path[0].prefix}-{self._number(story):04d}",
            "title": story.title,
            "owner_id": owner_id,
            "value_one_off": story.value * 100,
            "value_recurring": story.monthly * 100,
            "stage_due_on": days.day(story.late) if story.late is not None else None,
            "case_type_id": house.case_types.get(story.board),
        }
        if story.board == _LEADS or story.stage == _NEW:
            columns |= self._ways.of(story.board, known=True)
        sold = Sold(self._house.offers, story.key)
        columns |= sold.columns()
        last = self._last_step(story)
        batch = self._book.batch(opened, owner_id)
        first = self._step_to(notes[0], story) if notes and notes[0].get("action") else last
        life.begin(batch, path[0], columns, first if owner_id else None)
        assert life.card is not None
        self.card_ids[story.key] = life.card["id"]
        goal = self._goal(story, target, path)
        worn = Worn(life, house, story.key)
        worn.begin(batch)
        sold.begin(life, batch)
        self._said(life, story, notes, name, goal, last, worn)
        answered = Answered(life, self._forms, story.key)
        if notes:
            answered.tell(notes[-1]["when"], house.users.get(story.owner))
        worn.end()
        if story.closed is not None:
            self._close(life, story, target, notes[-1])
        life.end()

    def _goal(self, story: Story, target: StageOf, path: list[StageOf]) -> StageOf:
        """The open stage that the card reached by being worked on."""
        if target.category in ("open", "paused"):
            return target
        still_open = [stage for stage in path if stage.category == "open"]
        return still_open[-1] if story.outcome in ("won", "done") else still_open[len(still_open) // 2]

    def _said(
        self,
        life: Life,
        story: Story,
        notes: list[dict[str, Any]],
        name: str,
        goal: StageOf,
        last: Step | None,
        worn: Worn,
    ) -> None:
        house = self._house
        path = house.path(story.board)
        for place, note in enumerate(notes):
            batch = self._book.batch(note["when"], house.users[note["by"]] if note.get("by") else None)
            if note.get("comment"):
                if batch.actor_id is not None:
                    life.comment(batch, note["text"])
                continue
            is_last = place == len(notes) - 1
            to = house.stages[story.board, note["to"]] if "to" in note else None
            if is_last and story.outcome != "reopened":
                to = goal
            elif to is None and not note.get("own"):
                to = path[min(place + 1, path.index(goal))]
            step = last if is_last else self._step_to(notes[place + 1], story)
            if story.outcome == "reopened" and place == len(notes) - 2:
                step = None  # nothing stays planned on a card that is won
            if is_last and story.outcome == "reopened":
                self._win_and_reopen(life, story, goal)
                to = None
            life.file(
                batch,
                note["text"].format(contact=name, company=name),
                house.actions[note["action"]],
                house.results[note["result"]],
                house.mediums[note.get("medium", "Telefone")],
                to=to,
                step=step,
            )
            worn.tick(batch)

    def _win_and_reopen(self, life: Life, story: Story, goal: StageOf) -> None:
        house, days = self._house, self._days
        won = days.past(story.touched[0] - _WON_BEFORE, "16:00")
        again = days.past(story.touched[0] - 4, "09:30")
        owner_id = house.users[story.owner]
        life.close(
            self._book.batch(won, owner_id), house.stages["Vendas", "Ganha"], CardStatus.WON, won.date()
        )
        life.reopen(self._book.batch(again, owner_id), goal)

    def _close(self, life: Life, story: Story, target: StageOf, said: dict[str, Any]) -> None:
        closed = min(said["when"] + timedelta(minutes=1), self._days.now)
        kind, _, reason = story.outcome.partition(" ")
        batch = self._book.batch(closed, self._house.users[said["by"]])
        life.close(batch, target, _CLOSED[kind], closed.date(), self._house.reasons.get(reason))

    def _last_step(self, story: Story) -> Step | None:
        if story.due is None:
            return None
        owner = story.who or story.owner
        when = self._days.due(story.due, story.at)
        return Step(
            when=when,
            subject=story.what,
            action=self._house.actions[self._teller.action_for(story.what)],
            assignee_id=self._house.users[owner],
            internal_on=self._days.day(story.internal) if story.internal is not None else None,
            **self._agreed(story),
        )

    def _agreed(self, story: Story) -> dict[str, Any]:
        """Where the appointment of a card is, and who else takes part."""
        line = self._places.get(story.key)
        if line is None:
            return {}
        colleagues, guests = people_of(self._house, self._directory, line)
        return {
            "place": line["place"],
            "remind": line.get("remind"),
            "colleagues": colleagues,
            "guests": guests,
        }

    def _step_to(self, note: dict[str, Any], story: Story) -> Step | None:
        if not note.get("action"):
            return self._last_step(story)
        when: date | datetime = note["when"].date()
        return Step(
            when=when,
            subject=note["action"],
            action=self._house.actions[note["action"]],
            assignee_id=self._house.users[story.owner or note["by"]],
        )

    def _notes(self, story: Story, opened: datetime) -> list[dict[str, Any]]:
        """What was said, each with its instant (`when`), never before the card nor before the note above."""
        written = self._words.get(story.key, {}).get("notes")
        if written is None:
            found = list(self._invented(story, opened))
        else:
            found = [{**n, "own": True, "when": self._days.past(n["on"], n["at"])} for n in written]
        at = opened
        for note in found:
            at = note["when"] = min(max(note["when"], at + timedelta(minutes=1)), self._days.now)
        return found

    def _invented(self, story: Story, opened: datetime) -> Iterator[dict[str, Any]]:
        if story.touched == story.opened or not story.owner:
            return
        last = self._days.past(story.touched[0], story.touched[1] or self._clock(story.touched[0]))
        path = self._house.path(story.board)
        reached = path.index(self._goal(story, self._house.stages[story.board, story.stage], path))
        count = max(2 if story.outcome == "reopened" else 1, min(reached, 4))
        reopened = story.outcome == "reopened"
        before = last - timedelta(days=_WON_BEFORE + 3) if reopened else last
        for n in range(1, count + 1):
            when = opened + (before - opened) * (n / count)
            when = last if n == count else self._teller.office_hours(when)
            yield self._teller.note(
                story.board, story.owner, when, first=n == 1, outcome=story.outcome if n == count else ""
            )

    def _clock(self, day: int) -> str:
        return self._teller.clock(until="10:30" if day == 0 else "17:45")
