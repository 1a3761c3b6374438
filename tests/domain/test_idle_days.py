"""How long a card stands still, and by how many days it is late in its stage: counted in civil days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_tui.domain.board import late, stale

TODAY = date(2026, 11, 19)
DAYS = st.integers(-400, 400)
MANY = settings(deadline=None, derandomize=True, database=None)


@pytest.mark.parametrize(
    ("touched", "limit", "days"),
    [
        (date(2026, 11, 10), 9, 9),
        (date(2026, 11, 10), 10, None),
        (date(2026, 11, 10), 3, 9),
        (TODAY, 1, None),
        (TODAY, 0, 0),
        (date(2026, 11, 20), 1, None),
    ],
    ids=["at its limit", "a day before it", "past it", "touched today", "a limit of none", "touched later"],
)
def test_a_card_is_stale_from_its_stages_limit_on(touched: date, limit: int, days: int | None) -> None:
    assert stale(touched, limit, TODAY) == days


@MANY
@given(DAYS)
def test_a_stage_without_a_limit_has_no_stale_cards(since: int) -> None:
    assert stale(TODAY - timedelta(since), None, TODAY) is None


@pytest.mark.parametrize(
    ("due", "days"), [(date(2026, 11, 18), 1), (TODAY, None), (date(2026, 11, 20), None), (None, None)]
)
def test_a_card_is_late_from_the_day_after_its_stages_due_date(due: date | None, days: int | None) -> None:
    assert late(due, TODAY) == days


@MANY
@given(DAYS)
def test_days_late_are_never_nought_nor_negative(past: int) -> None:
    assert (late(TODAY - timedelta(past), TODAY) or 1) > 0
