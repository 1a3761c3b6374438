"""Cadence: by when a card should have left its stage, who answers for it there, who is told. (E18-E29)

Pure: calendar, people and their loads are handed in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple

from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.domain.worktime import NoWorkingTime, WorkCalendar
from crm_tui.i18n import N_, Text


class OwnerRule(StrEnum):
    """Who answers for a card while it is in a stage: its seller unless something else is said. (E22-E24)"""

    SELLER = "seller"
    USER = "user"
    ROLE = "role"
    TEAM = "team"


OWNER_RULE_NAMES: Final[Mapping[OwnerRule, str]] = {
    OwnerRule.SELLER: N_("the seller"),
    OwnerRule.USER: N_("one operator"),
    OwnerRule.ROLE: N_("whoever has a profile"),
    OwnerRule.TEAM: N_("somebody of a team"),
}
"""What a rule is called, in forms and in lists."""
NAMED_BY: Final[Mapping[OwnerRule, str]] = {
    OwnerRule.USER: "default_user",
    OwnerRule.ROLE: "profile",
    OwnerRule.TEAM: "team",
}
"""The field that says whom a rule means."""


class Candidate(NamedTuple):
    """Somebody who could answer for a stage; `load`: how many open cards they answer for already."""

    user_id: int
    load: int


def due_on(arrived: date, expected_days: int | None, calendar: WorkCalendar) -> date | None:
    """The last day on which a card may leave its stage: so many working days after it came. (E25)

    Nought is the day itself, or the next working day where that is none. None: the stage has no time.
    """
    if expected_days is None:
        return None
    if expected_days == 0:
        return calendar.working_day_from(arrived)
    return calendar.add_working_days(arrived, expected_days)


def in_turn(candidates: Iterable[Candidate]) -> list[int]:
    """Several in the order in which a card is theirs: who answers for the fewest open ones, then the longest known."""
    return [each.user_id for each in sorted(candidates, key=lambda each: (each.load, each.user_id))]


def incomplete(rule: OwnerRule, given: Mapping[str, int | None]) -> Refusal | None:
    """Why a stage's owner rule says nothing: whom it means is missing."""
    field = NAMED_BY.get(rule)
    if field is None or given.get(field) is not None:
        return None
    said = {
        OwnerRule.USER: Text("Say which operator answers for the stage."),
        OwnerRule.ROLE: Text("Say which profile answers for the stage."),
        OwnerRule.TEAM: Text("Say which team answers for the stage."),
    }
    return Refusal(said[rule], RefusedBy.INPUT, fields=(field,))


class Pace(StrEnum):
    """How a stay stands against the day by which its card should go on. (E29)"""

    LATE = "late"
    NEAR = "near"
    FINE = "fine"


def near_until(today: date, calendar: WorkCalendar) -> date:
    """The last day that is near: the next working day, or today where the calendar knows none."""
    try:
        return calendar.next_working_day(today)
    except NoWorkingTime:
        return today


def pace(due: date | None, today: date, until: date, *, listed: bool = True) -> Pace | None:
    """Late the day after `due`; near on that day and on the working day before it (`until` is `near_until`).

    None: the stay has no time, or the card is closed, archived or deleted (not `listed`). The twin of
    `store.queries.notice.STATES`; a property test holds the two together.
    """
    if due is None or not listed:
        return None
    if due < today:
        return Pace.LATE
    return Pace.NEAR if due <= until else Pace.FINE


class Person(NamedTuple):
    """An operator as the tree of teams needs it."""

    id: int
    team_id: int | None
    active: bool


class Branch(NamedTuple):
    """A team: the one above it and who leads it."""

    id: int
    parent_id: int | None
    manager_id: int | None


class Leaders:
    """Who is concerned by a card that somebody answers for: that person, and who leads the team. (E29)"""

    def __init__(self, people: Iterable[Person], teams: Iterable[Branch]) -> None:
        self._people = {person.id: person for person in people}
        self._teams = {team.id: team for team in teams}

    def leader(self, user_id: int) -> int | None:
        """The nearest one up the tree who works here and is not that person."""
        person = self._people.get(user_id)
        team_id, seen = (person.team_id if person is not None else None), set[int]()
        while team_id is not None and team_id not in seen:
            seen.add(team_id)
            team = self._teams.get(team_id)
            if team is None:
                return None
            manager = self._people.get(team.manager_id or 0)
            if manager is not None and manager.active and manager.id != user_id:
                return manager.id
            team_id = team.parent_id
        return None

    def concerned(self, owner_id: int | None) -> tuple[int, ...]:
        """Whom a card concerns that `owner_id` answers for; nobody, if nobody does."""
        if owner_id is None:
            return ()
        person = self._people.get(owner_id)
        leader = self.leader(owner_id)
        own = (owner_id,) if person is not None and person.active else ()
        return (*own, leader) if leader is not None else own

    def answered_for(self, user_id: int) -> frozenset[int]:
        """Those whose cards concern `user_id`: oneself, and whom one leads."""
        if all(team.manager_id != user_id for team in self._teams.values()):
            return frozenset({user_id})
        return frozenset(each for each in self._people if user_id in self.concerned(each)) | {user_id}
