"""How a stay stands against its day, and whom a card concerns."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_tui.domain.cadence import Branch, Leaders, Pace, Person, near_until, pace
from crm_tui.domain.worktime import DayException, ExceptionKind, WorkCalendar

THURSDAY = date(2026, 11, 19)
CALENDAR = WorkCalendar(exceptions={date(2026, 11, 20): DayException(ExceptionKind.HOLIDAY)})
UNTIL = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("days", "is_"),
    [(-9, Pace.LATE), (-1, Pace.LATE), (0, Pace.NEAR), (1, Pace.NEAR), (4, Pace.NEAR), (5, Pace.FINE)],
)
def test_near_reaches_to_the_next_working_day_over_holiday_and_weekend(days: int, is_: Pace) -> None:
    assert near_until(THURSDAY, CALENDAR) == UNTIL
    assert pace(THURSDAY + timedelta(days), THURSDAY, UNTIL) is is_
    assert pace(THURSDAY + timedelta(days), THURSDAY, UNTIL, listed=False) is None
    assert pace(None, THURSDAY, UNTIL) is None


def test_a_calendar_without_a_working_day_has_only_today() -> None:
    assert near_until(THURSDAY, WorkCalendar(((),) * 7)) == THURSDAY


PEOPLE = (
    Person(1, 10, True),
    Person(2, 10, True),
    Person(3, 20, True),
    Person(4, 30, True),
    Person(5, None, True),
)
TEAMS = (Branch(10, 20, 1), Branch(20, 30, 3), Branch(30, None, 4))


def test_a_card_concerns_its_owner_and_the_nearest_leader_who_is_somebody_else() -> None:
    tree = Leaders(PEOPLE, TEAMS)
    assert tree.concerned(2) == (2, 1)
    assert tree.concerned(1) == (1, 3), "who leads the own team has the one above"
    assert tree.concerned(4) == (4,)
    assert tree.concerned(5) == (5,)
    assert tree.concerned(None) == ()
    assert tree.answered_for(1) == {1, 2}
    assert tree.answered_for(3) == {1, 3}
    assert tree.answered_for(5) == {5}


def test_who_left_is_told_nothing_and_the_next_one_up_is() -> None:
    gone = (Person(1, 10, False), *PEOPLE[1:])
    tree = Leaders(gone, TEAMS)
    assert tree.concerned(2) == (2, 3)
    assert tree.concerned(1) == (3,), "the cards of somebody who left concern whoever leads"
    assert tree.answered_for(3) == {1, 2, 3}


def test_a_tree_that_bites_its_tail_ends() -> None:
    assert Leaders(PEOPLE, (Branch(10, 20, 2), Branch(20, 10, 2))).concerned(2) == (2,)


USERS = st.lists(
    st.builds(Person, st.integers(1, 6), st.none() | st.integers(1, 4), st.booleans()),
    unique_by=lambda person: person.id,
    max_size=6,
)
BRANCHES = st.lists(
    st.builds(Branch, st.integers(1, 4), st.none() | st.integers(1, 4), st.none() | st.integers(1, 6)),
    unique_by=lambda team: team.id,
    max_size=4,
)


@given(USERS, BRANCHES)
def test_whom_one_answers_for_is_the_other_side_of_whom_a_card_concerns(
    people: list[Person], teams: list[Branch]
) -> None:
    tree = Leaders(people, teams)
    for viewer in people:
        if viewer.active:
            found = {each.id for each in people if viewer.id in tree.concerned(each.id)}
            assert tree.answered_for(viewer.id) == found
    for each in people:
        assert len(tree.concerned(each.id)) <= 2
