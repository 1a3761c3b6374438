"""The due state in Python and its SQL twin are one: exactly one arm per card, and the same, in any zone."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from crm_tui.domain.access import Viewer
from crm_tui.domain.due import DueFacts, DueState, due_state
from crm_tui.services.core.reading import Reading
from crm_tui.services.followup.views import moment
from crm_tui.store.queries.followup import ARMS
from crm_tui.store.values import instant

ZONES = (
    "America/Sao_Paulo",
    "Europe/Lisbon",
    "America/Havana",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Pacific/Kiritimati",
    "Etc/GMT+12",
    "UTC",
)
"""Midnight gaps (São Paulo), ambiguous midnights (Havana), half-hour jumps, a day left out, 26 hours apart."""
EDGES = (
    datetime(2018, 11, 4, 3, tzinfo=UTC),  # São Paulo: 00:00 does not exist
    datetime(2018, 2, 18, 2, tzinfo=UTC),  # São Paulo: 23:00 twice
    datetime(2019, 2, 17, 2, tzinfo=UTC),  # and for the last time the year after
    datetime(2026, 3, 29, 1, tzinfo=UTC),  # Lisbon forward
    datetime(2026, 10, 25, 1, tzinfo=UTC),  # Lisbon back
    datetime(2026, 11, 1, 4, tzinfo=UTC),  # Havana: 00:00 twice
    datetime(2011, 12, 30, 10, tzinfo=UTC),  # Apia: 30 December is left out
    datetime(2026, 11, 19, 13, 42, tzinfo=UTC),
)
FEW = settings(
    max_examples=400,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@st.composite
def _near(draw: st.DrawFn) -> datetime:
    """An instant near an edge, by the millisecond, often exactly on a quarter of an hour."""
    edge = draw(st.sampled_from(EDGES))
    quarters = timedelta(minutes=15 * draw(st.integers(-200, 200)))
    return edge + quarters + timedelta(milliseconds=draw(st.sampled_from((0, 0, -1, 1, 30_000))))


@st.composite
def _facts(draw: st.DrawFn, now: datetime) -> DueFacts:
    today = now.date()
    internal = draw(st.none() | st.integers(-3, 3).map(lambda n: today + timedelta(days=n)))
    kind = draw(st.sampled_from(("none", "day", "hour")))
    if kind == "none":
        return DueFacts(internal_on=internal)
    if kind == "day":
        return DueFacts(due_on=today + timedelta(days=draw(st.integers(-3, 3))), internal_on=internal)
    minutes = draw(st.integers(-3_000, 3_000) | st.sampled_from((0, 1, -1)))
    start = (now + timedelta(minutes=minutes)).replace(microsecond=now.microsecond // 1000 * 1000)
    assignee = ZoneInfo(draw(st.sampled_from(ZONES)))
    return DueFacts(due_on=start.astimezone(assignee).date(), start_at=start, internal_on=internal)


@st.composite
def _cases(draw: st.DrawFn) -> tuple[datetime, str, DueFacts]:
    now = draw(_near())
    return now, draw(st.sampled_from(ZONES)), draw(_facts(now))


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    made = sqlite3.connect(":memory:")
    yield made
    made.close()


def _viewer(zone: str) -> Viewer:
    return Viewer(1, "ana", "Ana", True, ZoneInfo(zone), "pt-BR")


def _arms(connection: sqlite3.Connection, facts: DueFacts, now: datetime, zone: str) -> list[DueState]:
    """The arms whose condition holds for these three columns."""
    columns = {"due": ":due", "start": ":start", "internal": ":internal"}
    params = moment(Reading(connection, _viewer(zone), now)) | {
        "due": facts.due_on and facts.due_on.isoformat(),
        "start": facts.start_at and instant(facts.start_at),
        "internal": facts.internal_on and facts.internal_on.isoformat(),
    }
    wanted = ", ".join(f"({condition.format(**columns)})" for _, condition in ARMS)
    row = connection.execute(f"SELECT {wanted}", params).fetchone()
    return [state for (state, _), holds in zip(ARMS, row, strict=True) if holds]


@FEW
@given(_cases())
@example(
    (
        datetime(2026, 11, 19, 11, tzinfo=UTC),
        "Etc/GMT+12",
        DueFacts(due_on=date(2026, 11, 20), start_at=datetime(2026, 11, 19, 10, tzinfo=UTC)),
    )
)
@example(
    (
        datetime(2026, 11, 19, 9, tzinfo=UTC),
        "Pacific/Kiritimati",
        DueFacts(due_on=date(2026, 11, 18), start_at=datetime(2026, 11, 19, 11, 30, tzinfo=UTC)),
    )
)
def test_exactly_one_arm_and_the_same_as_in_python(
    connection: sqlite3.Connection, case: tuple[datetime, str, DueFacts]
) -> None:
    now, zone, facts = case
    assert _arms(connection, facts, now, zone) == [due_state(facts, now, ZoneInfo(zone))]


@pytest.mark.parametrize(
    ("zone", "now", "starts", "state"),
    [
        # the day before the gap ends at the gap; the first minute after it is tomorrow's
        ("America/Sao_Paulo", (2018, 11, 4, 2, 30), (2018, 11, 4, 2, 59), DueState.TODAY),
        ("America/Sao_Paulo", (2018, 11, 4, 2, 30), (2018, 11, 4, 3, 0), DueState.OPEN),
        # 23:30 comes twice on the 17th, both are that day's
        ("America/Sao_Paulo", (2018, 2, 18, 1, 30), (2018, 2, 18, 2, 30), DueState.TODAY),
        ("America/Sao_Paulo", (2018, 2, 18, 1, 30), (2018, 2, 18, 3, 0), DueState.OPEN),
        ("Europe/Lisbon", (2026, 3, 28, 23, 30), (2026, 3, 29, 0, 0), DueState.OPEN),
        ("Europe/Lisbon", (2026, 10, 25, 0, 30), (2026, 10, 25, 23, 59), DueState.TODAY),
        ("Europe/Lisbon", (2026, 10, 24, 23, 30), (2026, 10, 24, 23, 30), DueState.OVERDUE),
    ],
)
def test_days_that_are_not_24_hours_long(
    connection: sqlite3.Connection,
    zone: str,
    now: tuple[int, ...],
    starts: tuple[int, ...],
    state: DueState,
) -> None:
    at, start = datetime(*now, tzinfo=UTC), datetime(*starts, tzinfo=UTC)  # type: ignore[misc, arg-type]
    facts = DueFacts(due_on=start.astimezone(ZoneInfo(zone)).date(), start_at=start)
    assert due_state(facts, at, ZoneInfo(zone)) is state
    assert _arms(connection, facts, at, zone) == [state]


def test_closed_comes_before_everything() -> None:
    late = DueFacts(closed=True, due_on=date(2020, 1, 1))
    assert due_state(late, EDGES[-1], UTC) is DueState.CLOSED
