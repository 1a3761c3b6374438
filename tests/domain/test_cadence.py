"""By when a card should leave a stage, and who answers for it there."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_tui.domain.cadence import NAMED_BY, Candidate, OwnerRule, due_on, in_turn, incomplete
from crm_tui.domain.worktime import DayException, ExceptionKind, WorkCalendar

FRIDAY = date(2026, 11, 20)
HOLIDAY = date(2026, 11, 23)
CALENDAR = WorkCalendar(exceptions={HOLIDAY: DayException(ExceptionKind.HOLIDAY)})


@pytest.mark.parametrize(
    ("arrived", "days", "due"),
    [
        (FRIDAY, None, None),
        (FRIDAY, 0, FRIDAY),
        (FRIDAY, 1, date(2026, 11, 24)),
        (FRIDAY, 3, date(2026, 11, 26)),
        (FRIDAY + timedelta(1), 0, date(2026, 11, 24)),
        (FRIDAY + timedelta(1), 1, date(2026, 11, 24)),
    ],
)
def test_days_are_working_days(arrived: date, days: int | None, due: date | None) -> None:
    assert due_on(arrived, days, CALENDAR) == due


@given(st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.integers(0, 60))
def test_a_stage_ends_on_a_working_day_and_never_before_one_that_is_shorter(arrived: date, days: int) -> None:
    due, longer = due_on(arrived, days, CALENDAR), due_on(arrived, days + 1, CALENDAR)
    assert due is not None
    assert longer is not None
    assert CALENDAR.is_working_day(due)
    assert arrived <= due <= longer


@given(st.lists(st.builds(Candidate, st.integers(1, 9), st.integers(0, 5)), unique_by=lambda c: c.user_id))
def test_whoever_answers_for_the_fewest_is_asked_first_whatever_the_order(found: list[Candidate]) -> None:
    order = in_turn(found)
    assert order == in_turn(reversed(found))
    loads = {each.user_id: each.load for each in found}
    assert [loads[each] for each in order] == sorted(loads.values())


@pytest.mark.parametrize("rule", [*OwnerRule])
def test_a_rule_needs_whom_it_means_and_nothing_else(rule: OwnerRule) -> None:
    everybody = dict.fromkeys(NAMED_BY.values(), 1)
    assert incomplete(rule, everybody) is None
    missing = incomplete(rule, {})
    assert (missing is None) is (rule is OwnerRule.SELLER)
    if missing is not None:
        assert missing.fields == (NAMED_BY[rule],)
        assert incomplete(rule, {missing.fields[0]: 1}) is None
