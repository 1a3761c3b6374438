"""Cadence: by when a card should have left its stage, and who answers for it there. (E18-E27)

Pure: calendar, people and their loads are handed in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple

from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.domain.worktime import WorkCalendar
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


def chosen(candidates: Iterable[Candidate]) -> int | None:
    """The one of several who answers for the fewest open cards, the longest known of those; None of nobody."""
    return min(((each.load, each.user_id) for each in candidates), default=(0, None))[1]


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
