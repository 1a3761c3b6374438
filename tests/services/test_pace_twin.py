"""How a stay stands, in Python and in SQL, is one."""

from __future__ import annotations

import sqlite3
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from crm_tui.domain.board import CardStatus, is_listed
from crm_tui.domain.cadence import Pace, pace
from crm_tui.store.queries.notice import LISTED, STATES

TODAY = date(2026, 11, 19)
STAMP = st.none() | st.just("2026-11-01T00:00:00.000Z")


@given(
    st.none() | st.integers(-5, 8),
    st.integers(0, 5),
    st.sampled_from(CardStatus),
    STAMP,
    STAMP,
)
def test_exactly_one_arm_and_the_same_pace(
    days: int | None, ahead: int, status: CardStatus, archived: str | None, deleted: str | None
) -> None:
    due = None if days is None else TODAY + timedelta(days)
    until = TODAY + timedelta(ahead)
    asked = {
        "due": due and due.isoformat(),
        "today": TODAY.isoformat(),
        "until": until.isoformat(),
        "status": status.value,
        "archived": archived,
        "deleted": deleted,
    }
    row = "(SELECT :due stage_due_on, :status status, :archived archived_at, :deleted deleted_at) c"
    connection = sqlite3.connect(":memory:")
    held: list[Pace] = [
        each
        for each, condition in STATES
        if connection.execute(f"SELECT 1 FROM {row} WHERE {condition} AND {LISTED}", asked).fetchone()
    ]
    connection.close()
    found = pace(due, TODAY, until, listed=is_listed(status, archived, deleted))
    assert held == ([] if found is None else [found])
